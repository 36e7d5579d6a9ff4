// A login for tests: authenticates through libpam with replies from the command line, one process a
// person, all of them answering the prompt at the same moment.
//
//     pam-login [OPTION]... FOLDER SERVICE USER REPLY [USER REPLY]...
//
// FOLDER holds the stacks (pam_start_confdir(3)). Prints a line a person, in the order given: the
// return code of pam_authenticate, then every message shown, each behind its style (pam_conv(3)).
// Refusals are not delayed. The options:
//
//     -c MANNER    how prompts are answered: answers, null, none, extra, error, again, never (login.h)
//     -p PASSWORD  the answer to prompts with "assword" in them
//     -l LENGTH    makes replies this long
//     -h HOST      PAM_RHOST
//     -x           every USER is in hexadecimal
//     -q           PAM_SILENT
//     -d           prints behind the messages the delay that was asked for, in microseconds, or 0
//     -s ignore    ignores SIGCHLD; -s collect handles it, and collects whatever child has ended
//     -u OTHER     the conversation makes OTHER the user before it answers
//     -r COUNT     one process authenticates COUNT times, and then prints what it holds after the
//                  first tenth and after all of them: open descriptors, threads, kilobytes of memory
//                  of its own (not of files)
//     -m PATTERN   prints how many times its memory holds the bytes whose complements PATTERN is, in
//                  hexadecimal, so that the bytes themselves are nowhere for the search's own sake:
//                  the most at any prompt, and after the login
//     -t           with -m, the login is a thread's whose stack is shared memory: its pages keep what
//                  was in them when they were given back

#define _GNU_SOURCE
#include "login.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static int prints_delay;

static int report(struct login *login)
{
    int code = authenticate(login);
    char line[5000], delay[32] = "";
    if (prints_delay) snprintf(delay, sizeof delay, " delay %u", login->delay);
    int length = snprintf(line, sizeof line, "%d%s%s\n", code, login->shown, delay);
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
            // Not _exit: what scripts/coverage counts is written at the end.
            exit(report(&logins[index]));
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

static unsigned char pattern[256];
static long pattern_length;

/// How often this process holds the pattern; -1 if it cannot look.
static long held(void)
{
    char line[512];
    long found = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    if (maps == NULL) return -1;
    while (fgets(line, sizeof line, maps) != NULL) {
        unsigned char *start, *end;
        char mode[5];
        if (sscanf(line, "%p-%p %4s", (void **)&start, (void **)&end, mode) != 3) continue;
        if (strncmp(mode, "rw", 2) == 0) found += occurrences(start, end, pattern, pattern_length);
    }
    fclose(maps);
    return found;
}

static void *report_there(void *login)
{
    return report(login) == 0 ? login : NULL;
}

static int report_on_shared_stack(struct login *login)
{
    const size_t size = 1 << 20;
    pthread_attr_t attributes;
    pthread_t thread;
    void *outcome = NULL;
    void *stack = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (stack == MAP_FAILED || pthread_attr_init(&attributes) != 0
        || pthread_attr_setstack(&attributes, stack, size) != 0
        || pthread_create(&thread, &attributes, report_there, login) != 0
        || pthread_join(thread, &outcome) != 0)
        return 71;
    return outcome == NULL ? 74 : 0;
}

static int search(struct login *login, const char *hexadecimal, int is_shared)
{
    while (pattern_length < 256
           && sscanf(hexadecimal + 2 * pattern_length, "%2hhx", &pattern[pattern_length]) == 1)
        pattern_length++;
    if (pattern_length == 0) return 70;
    application.look = held;
    int status = is_shared ? report_on_shared_stack(login) : report(login);
    long left = held();
    if (status != 0 || left < 0) return 70;
    printf("found %ld, then %ld\n", login->held, left);
    return 0;
}

static void collect(int number)
{
    (void)number;
    while (waitpid(-1, NULL, WNOHANG) > 0) continue;
}

static int handle_children(const char *how)
{
    struct sigaction action = {.sa_flags = SA_RESTART};
    if (strcmp(how, "ignore") == 0)
        action.sa_handler = SIG_IGN;
    else if (strcmp(how, "collect") == 0)
        action.sa_handler = collect;
    else
        return -1;
    return sigaction(SIGCHLD, &action, NULL);
}

static int set_manner(const char *name)
{
    static const char *const names[] = {"answers", "null",  "none", "extra",
                                        "error",   "again", "never"};
    for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
        if (strcmp(name, names[index]) != 0) continue;
        application.manner = (enum manner)index;
        return 0;
    }
    return -1;
}

/// Turns hexadecimal into the bytes that it stands for, in place.
static void decode(char *text)
{
    size_t length = 0;
    unsigned char byte;
    while (sscanf(text + 2 * length, "%2hhx", &byte) == 1) text[length++] = (char)byte;
    text[length] = '\0';
}

int main(int argc, char **argv)
{
    int times = 0, option, mistakes = 0, is_hexadecimal = 0, is_shared = 0;
    int is_nameless = 0; // libpam asks for the name
    const char *sought = NULL;
    sigset_t none;

    // Whoever starts this, the signals of a shell: none blocked.
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    while ((option = getopt(argc, argv, "+c:p:l:h:xqdns:u:r:m:t")) != -1) {
        switch (option) {
        case 'c': mistakes |= set_manner(optarg); break;
        case 'p': application.password = optarg; break;
        case 'l': application.length = strtoul(optarg, NULL, 10); break;
        case 'h': application.remote_host = optarg; break;
        case 'x': is_hexadecimal = 1; break;
        case 'q': application.flags |= PAM_SILENT; break;
        case 'd': prints_delay = 1; break;
        case 'n': is_nameless = 1; break;
        case 's': mistakes |= handle_children(optarg); break;
        case 'u': application.other_user = optarg; break;
        case 'r': times = atoi(optarg); break;
        case 'm': sought = optarg; break;
        case 't': is_shared = 1; break;
        default: mistakes = -1;
        }
    }
    argc -= optind, argv += optind;
    int count = (argc - 2) / 2;
    if (mistakes || argc < 4 || argc % 2 != 0 || ((times > 0 || sought != NULL) && count != 1)) {
        fprintf(stderr, "usage: pam-login [OPTION]... FOLDER SERVICE USER REPLY [USER REPLY]...\n");
        return 64;
    }
    struct login *logins = calloc((size_t)count, sizeof *logins);
    if (logins == NULL) return 71;
    for (int index = 0; index < count; index++) {
        logins[index].folder = argv[0];
        logins[index].service = argv[1];
        if (is_hexadecimal) decode(argv[2 + 2 * index]);
        logins[index].user = is_nameless ? NULL : argv[2 + 2 * index];
        logins[index].reply = argv[3 + 2 * index];
        logins[index].gate = -1;
    }
    int status = times > 0         ? repeat(logins, times)
                 : sought != NULL  ? search(logins, sought, is_shared)
                 : count == 1      ? report(logins)
                                   : race(logins, count);
    free(logins);
    return status;
}
