// A login for tests: authenticates through libpam with replies from the command line, one process a
// person, all of them answering the prompt at the same moment.
//
//     pam-login FOLDER SERVICE USER REPLY [USER REPLY]...
//     pam-login -r COUNT FOLDER SERVICE USER REPLY
//     pam-login -u OTHER FOLDER SERVICE USER REPLY
//     pam-login -m PATTERN FOLDER SERVICE USER REPLY
//
// FOLDER holds the stacks (pam_start_confdir(3)). Prints a line a person, in the order given: the
// return code of pam_authenticate, then every message shown, each behind its style (pam_conv(3)).
// With -r one process authenticates COUNT times, and then prints what it holds after the first
// tenth and after all of them: open descriptors, threads, kilobytes of memory of its own (not of files).
// With -u the conversation makes OTHER the user before it answers.
// With -m it prints, after the login, how many times its memory holds the bytes whose complements
// PATTERN is, in hexadecimal: so the bytes themselves are nowhere for the search's own sake.
// Refusals are not delayed.

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <security/pam_appl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern int pam_start_confdir(
    const char *service, const char *user, const struct pam_conv *conversation, const char *folder,
    pam_handle_t **pamh);

/// With -u: whom the conversation puts in PAM_USER before it answers.
static const char *other_user;

struct login {
    pam_handle_t *pamh;
    const char *folder, *service, *user, *reply;
    int gate; // read end of a pipe that opens when everybody has got to the prompt; -1 for none
    int ready; // write end of a pipe that takes one byte from everybody who is there
    char shown[4096];
};

static void note(struct login *login, const struct pam_message *message)
{
    size_t used = strlen(login->shown);
    snprintf(
        login->shown + used, sizeof login->shown - used, " [%d %s]", message->msg_style,
        message->msg);
}

static void wait_for_the_others(struct login *login)
{
    char byte = 0;
    if (login->gate < 0) return;
    if (write(login->ready, &byte, 1) != 1) _exit(70);
    close(login->ready);
    while (read(login->gate, &byte, 1) < 0 && errno == EINTR) continue;
    login->gate = -1;
}

static int converse(
    int count, const struct pam_message **messages, struct pam_response **responses, void *data)
{
    struct login *login = data;
    struct pam_response *answers = calloc((size_t)count, sizeof *answers);
    if (answers == NULL) return PAM_BUF_ERR;
    for (int index = 0; index < count; index++) {
        note(login, messages[index]);
        if (messages[index]->msg_style > PAM_PROMPT_ECHO_ON) continue;
        wait_for_the_others(login);
        if (other_user != NULL) pam_set_item(login->pamh, PAM_USER, other_user);
        answers[index].resp = strdup(login->reply);
    }
    *responses = answers;
    return PAM_SUCCESS;
}

static void no_delay(int code, unsigned microseconds, void *data)
{
    (void)code, (void)microseconds, (void)data;
}

static int authenticate(struct login *login)
{
    const struct pam_conv conversation = {.conv = converse, .appdata_ptr = login};
    pam_handle_t *pamh = NULL;
    int code = pam_start_confdir(login->service, login->user, &conversation, login->folder, &pamh);
    if (code != PAM_SUCCESS) return code;
    login->pamh = pamh;
    pam_set_item(pamh, PAM_FAIL_DELAY, (const void *)no_delay);
    code = pam_authenticate(pamh, 0);
    pam_end(pamh, code);
    return code;
}

static int report(struct login *login)
{
    int code = authenticate(login);
    char line[5000];
    int length = snprintf(line, sizeof line, "%d%s\n", code, login->shown);
    return write(STDOUT_FILENO, line, (size_t)length) == length ? 0 : 74;
}

/// Everybody in a process of their own, let through the gate together; lines in their order.
static int race(struct login *logins, int count)
{
    int gate[2], ready[2], outputs[count];
    char byte;
    if (pipe2(gate, O_CLOEXEC) != 0 || pipe2(ready, O_CLOEXEC) != 0) return 71;
    for (int index = 0; index < count; index++) {
        int output[2];
        if (pipe2(output, O_CLOEXEC) != 0) return 71;
        pid_t child = fork();
        if (child < 0) return 71;
        if (child == 0) {
            close(gate[1]);
            dup2(output[1], STDOUT_FILENO);
            logins[index].gate = gate[0];
            logins[index].ready = ready[1];
            _exit(report(&logins[index]));
        }
        close(output[1]);
        outputs[index] = output[0];
    }
    close(ready[1]);
    for (int there = 0; there < count; there++)
        if (read(ready[0], &byte, 1) <= 0) break;
    close(gate[1]);
    for (int index = 0; index < count; index++) {
        char buffer[5000];
        ssize_t length;
        while ((length = read(outputs[index], buffer, sizeof buffer)) > 0)
            if (write(STDOUT_FILENO, buffer, (size_t)length) != length) return 74;
    }
    while (wait(NULL) > 0) continue;
    return 0;
}

static int entries(const char *path)
{
    int count = 0;
    DIR *folder = opendir(path);
    if (folder == NULL) return -1;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.') count++;
    closedir(folder);
    return count;
}

static long anonymous_kilobytes(void)
{
    char line[256];
    long total = 0, amount;
    FILE *file = fopen("/proc/self/smaps_rollup", "r");
    if (file == NULL) return -1;
    while (fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "Anonymous: %ld", &amount) == 1) total += amount;
    fclose(file);
    return total;
}

static int repeat(struct login *login, int count)
{
    char lines[512] = "";
    // Looking takes memory of its own, the first time.
    anonymous_kilobytes();
    for (int done = 1; done <= count; done++) {
        login->shown[0] = '\0';
        int code = authenticate(login);
        if (done != count / 10 && done != count) continue;
        size_t used = strlen(lines);
        snprintf(
            lines + used, sizeof lines - used,
            "%d: code %d, descriptors %d, threads %d, anonymous %ld kB\n", done, code,
            entries("/proc/self/fd"), entries("/proc/self/task"), anonymous_kilobytes());
    }
    fputs(lines, stdout);
    return 0;
}

/// How often the bytes between `start` and `end` are the complement of the pattern's.
static long occurrences(
    const unsigned char *start, const unsigned char *end, const unsigned char *pattern, long length)
{
    long found = 0;
    for (const unsigned char *at = start; at + length <= end; at++) {
        long same = 0;
        while (same < length && at[same] == (unsigned char)~pattern[same]) same++;
        found += same == length;
    }
    return found;
}

static int search(struct login *login, const char *hexadecimal)
{
    unsigned char pattern[256];
    char line[512];
    long length = 0, found = 0;
    while (length < 256 && sscanf(hexadecimal + 2 * length, "%2hhx", &pattern[length]) == 1) length++;
    int status = report(login);
    FILE *maps = fopen("/proc/self/maps", "r");
    if (status != 0 || maps == NULL || length == 0) return 70;
    while (fgets(line, sizeof line, maps) != NULL) {
        unsigned char *start, *end;
        char mode[5];
        if (sscanf(line, "%p-%p %4s", (void **)&start, (void **)&end, mode) != 3) continue;
        if (strncmp(mode, "rw", 2) == 0) found += occurrences(start, end, pattern, length);
    }
    fclose(maps);
    printf("found %ld\n", found);
    return 0;
}

int main(int argc, char **argv)
{
    int times = 0;
    const char *pattern = NULL;
    sigset_t none;

    // Whoever starts this, the signals of a shell: none blocked.
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (argc > 2 && strcmp(argv[1], "-r") == 0) {
        times = atoi(argv[2]);
        argc -= 2, argv += 2;
    }
    if (argc > 2 && strcmp(argv[1], "-u") == 0) {
        other_user = argv[2];
        argc -= 2, argv += 2;
    }
    if (argc > 2 && strcmp(argv[1], "-m") == 0) {
        pattern = argv[2];
        argc -= 2, argv += 2;
    }
    int count = (argc - 3) / 2;
    if (argc < 5 || argc % 2 == 0 || ((times > 0 || pattern != NULL) && count != 1)) {
        fprintf(stderr, "usage: pam-login [-r COUNT] FOLDER SERVICE USER REPLY [USER REPLY]...\n");
        return 64;
    }
    struct login *logins = calloc((size_t)count, sizeof *logins);
    if (logins == NULL) return 71;
    for (int index = 0; index < count; index++) {
        logins[index].folder = argv[1];
        logins[index].service = argv[2];
        logins[index].user = argv[3 + 2 * index];
        logins[index].reply = argv[4 + 2 * index];
        logins[index].gate = -1;
    }
    int status = times > 0         ? repeat(logins, times)
                 : pattern != NULL ? search(logins, pattern)
                 : count == 1      ? report(logins)
                                   : race(logins, count);
    free(logins);
    return status;
}
