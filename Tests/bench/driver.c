// Logs people in as sshd does, in a process forked for each, and measures it. Reads commands, a line
// each, and answers each with a line of two numbers.
//
//     login SERVICE USER CODE           the return code of pam_authenticate, nanoseconds
//     crowd N SERVICE [USER CODE]...    how many were refused, nanoseconds; N at a time
//     race N SERVICE USER CODE          how many of N got in with one code, nanoseconds
//     memory SERVICE USER CODE          the return code, kB that pam_start and pam_authenticate keep
//     load MODULE                       0, nanoseconds that dlopen takes
//     run PROGRAM [ARGUMENT]...         its exit status, nanoseconds
//
// The stacks are in argv[1]. The service "floor" does the least that a login can that is on the disk:
// in argv[2] it reads its user's file and writes half of it.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <security/pam_appl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern int pam_start_confdir(
    const char *service, const char *user, const struct pam_conv *conversation, const char *folder,
    pam_handle_t **pamh);

enum { WORDS = 1024, FAILED = 100 };

static const char *stacks, *floor_files;
static int gate = -1, ready = -1; // of a race: where everybody waits with the code in hand

static long long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int converse(
    int count, const struct pam_message **messages, struct pam_response **responses, void *code)
{
    char byte = 0;
    *responses = calloc((size_t)count, sizeof **responses);
    if (gate >= 0 && messages[0]->msg_style <= PAM_PROMPT_ECHO_ON) {
        if (write(ready, &byte, 1) != 1) return PAM_CONV_ERR;
        close(ready);
        while (read(gate, &byte, 1) > 0) continue;
        gate = -1;
    }
    for (int index = 0; index < count; index++)
        if (messages[index]->msg_style <= PAM_PROMPT_ECHO_ON)
            (*responses)[index].resp = strdup(code);
    return PAM_SUCCESS;
}

/// Refusals are not delayed.
static void no_delay(int code, unsigned microseconds, void *data)
{
    (void)code, (void)microseconds, (void)data;
}

static int touch_the_disk(const char *user)
{
    char path[4096], bytes[8192];
    snprintf(path, sizeof path, "%s/%s", floor_files, user);
    int file = open(path, O_RDWR | O_CLOEXEC);
    if (pread(file, bytes, 8192, 0) != 8192 || pwrite(file, bytes, 4096, 4096) != 4096) return FAILED;
    return fdatasync(file) == 0 && close(file) == 0 ? PAM_SUCCESS : FAILED;
}

/// The whole of it, with its pam_end left to who measures; callgrind counts what is in here.
__attribute__((noinline)) int authenticate(char **login, pam_handle_t **pamh)
{
    const struct pam_conv conversation = {.conv = converse, .appdata_ptr = login[2]};
    int code = pam_start_confdir(login[0], login[1], &conversation, stacks, pamh);
    if (code != PAM_SUCCESS) return FAILED;
    pam_set_item(*pamh, PAM_FAIL_DELAY, (const void *)no_delay);
    code = pam_authenticate(*pamh, 0);
    return strcmp(login[0], "floor") == 0 ? touch_the_disk(login[1]) : code;
}

/// Forks; the child logs in and exits with the return code.
static pid_t start(char **login)
{
    pid_t child = fork();
    if (child != 0) return child;
    pam_handle_t *pamh = NULL;
    int code = authenticate(login, &pamh);
    pam_end(pamh, code);
    _exit(code);
}

/// Whether whoever ended next got in: the exit status.
static int finish(void)
{
    int status;
    if (wait(&status) < 0) exit(71);
    return WIFEXITED(status) ? WEXITSTATUS(status) : FAILED;
}

static int crowd(int at_once, const char *service, char **people, int count)
{
    int refused = 0, running = 0;
    for (int next = 0; next < count || running > 0;) {
        if (next < count && running < at_once) {
            char *login[] = {(char *)service, people[2 * next], people[2 * next + 1]};
            next++, running++;
            start(login);
        } else {
            refused += finish() != PAM_SUCCESS;
            running--;
        }
    }
    return refused;
}

static int race(int count, char **login)
{
    int opening[2], arrivals[2], accepted = 0;
    char byte;
    if (pipe2(opening, O_CLOEXEC) != 0 || pipe2(arrivals, O_CLOEXEC) != 0) exit(71);
    for (int index = 0; index < count; index++) {
        gate = opening[0], ready = arrivals[1];
        pid_t child = fork();
        if (child > 0) continue;
        close(opening[1]);
        pam_handle_t *pamh = NULL;
        int code = authenticate(login, &pamh);
        pam_end(pamh, code);
        _exit(code);
    }
    gate = ready = -1;
    close(arrivals[1]);
    for (int there = 0; there < count && read(arrivals[0], &byte, 1) == 1;) there++;
    close(opening[1]), close(opening[0]), close(arrivals[0]);
    for (int index = 0; index < count; index++) accepted += finish() == PAM_SUCCESS;
    return accepted;
}

/// The memory that is no file's. (Of files Private_Dirty would have all of what is in memory, as the
/// modules are in scripts/sandbox.)
static long anonymous_kilobytes(void)
{
    char text[4096];
    int file = open("/proc/self/smaps_rollup", O_RDONLY | O_CLOEXEC);
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    text[length < 0 ? 0 : length] = '\0';
    const char *line = strstr(text, "Anonymous:");
    return line == NULL ? -1 : atol(line + strlen("Anonymous:"));
}

/// Lets a child measure something about itself; its status, and the number that it found.
static int ask_child(void (*measure)(char **, long long [2]), char **words, long long *number)
{
    int channel[2];
    long long found[2] = {FAILED, -1};
    if (pipe2(channel, O_CLOEXEC) != 0) exit(71);
    if (fork() == 0) {
        measure(words, found);
        _exit(write(channel[1], found, sizeof found) != sizeof found);
    }
    close(channel[1]);
    if (read(channel[0], found, sizeof found) != sizeof found) found[0] = FAILED;
    close(channel[0]);
    *number = found[1];
    return finish() == 0 ? (int)found[0] : FAILED;
}

static void measure_memory(char **login, long long found[2])
{
    pam_handle_t *pamh = NULL;
    anonymous_kilobytes(); // Looking takes memory of its own, the first time.
    long before = anonymous_kilobytes();
    found[0] = authenticate(login, &pamh);
    found[1] = anonymous_kilobytes() - before;
}

static void measure_load(char **module, long long found[2])
{
    long long before = now();
    found[0] = dlopen(module[0], RTLD_NOW) == NULL ? FAILED : 0;
    found[1] = now() - before;
}

static int run(char **arguments)
{
    if (fork() == 0) {
        int nothing = open("/dev/null", O_RDWR);
        for (int number = 0; number < 3; number++) dup2(nothing, number);
        execvp(arguments[0], arguments);
        _exit(127);
    }
    return finish();
}

int main(int argc, char **argv)
{
    char *line = NULL, *words[WORDS];
    size_t size = 0;
    if (argc != 3) return 64;
    stacks = argv[1], floor_files = argv[2];
    while (getline(&line, &size, stdin) > 0) {
        int count = 0, status = FAILED;
        for (char *word = strtok(line, " \n"); word && count < WORDS - 1; word = strtok(NULL, " \n"))
            words[count++] = word;
        words[count] = NULL;
        if (count < 2) return 64;
        long long number = -1, before = now();
        if (strcmp(words[0], "login") == 0 && count == 4)
            start(words + 1), status = finish();
        else if (strcmp(words[0], "crowd") == 0 && count > 3)
            status = crowd(atoi(words[1]), words[2], words + 3, (count - 3) / 2);
        else if (strcmp(words[0], "race") == 0 && count == 5)
            status = race(atoi(words[1]), words + 2);
        else if (strcmp(words[0], "memory") == 0 && count == 4)
            status = ask_child(measure_memory, words + 1, &number);
        else if (strcmp(words[0], "load") == 0)
            status = ask_child(measure_load, words + 1, &number);
        else if (strcmp(words[0], "run") == 0)
            status = run(words + 1);
        long long after = now();
        printf("%d %lld\n", status, number < 0 ? after - before : number);
        fflush(stdout);
    }
    return 0;
}
