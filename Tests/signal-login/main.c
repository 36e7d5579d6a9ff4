// Somebody who runs a setuid program over and over and sends it a signal at a random moment, to stop
// or end it while it holds the lock on a record.
//
//     signal-login COUNT SIGNAL UID MICROSECONDS FOLDER PROGRAM [ARGUMENT]...
//
// Runs as root; the program and the signal are UID's, the signal sent within MICROSECONDS of the
// start. FOLDER is what the program locks (flock(2)). Prints how many were hit by the signal before
// they ended, and after how many the lock was still held half a second later.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void pause_for(long microseconds)
{
    struct timespec time = {microseconds / 1000000, microseconds % 1000000 * 1000};
    nanosleep(&time, NULL);
}

/// Whether somebody goes on holding the lock.
static int is_held(const char *folder)
{
    int held = 1;
    int file = open(folder, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 1;
    for (int attempt = 0; held && attempt < 250; attempt++) {
        held = flock(file, LOCK_EX | LOCK_NB) != 0;
        if (held) pause_for(2000);
    }
    close(file);
    return held;
}

/// Starts the program as `user` and has `user` signal it; the answer is its process.
static pid_t attack(uid_t user, int number, long after, char **command)
{
    int answer[2];
    pid_t process = -1;
    if (pipe2(answer, O_CLOEXEC) != 0) exit(71);
    pid_t attacker = fork();
    if (attacker < 0) exit(71);
    if (attacker == 0) {
        if (setresgid(user, user, user) != 0 || setresuid(user, user, user) != 0) _exit(71);
        process = fork();
        if (process == 0) {
            int nothing = open("/dev/null", O_RDWR);
            dup2(nothing, 1);
            dup2(nothing, 2);
            execv(command[0], command);
            _exit(71);
        }
        pause_for(after);
        kill(process, number);
        _exit(write(answer[1], &process, sizeof process) == sizeof process ? 0 : 71);
    }
    close(answer[1]);
    // As the nearest subreaper, this process collects the program when its parent is gone.
    if (read(answer[0], &process, sizeof process) != sizeof process) exit(71);
    close(answer[0]);
    waitpid(attacker, NULL, 0);
    return process;
}

int main(int argc, char **argv)
{
    if (argc < 7) return 64;
    long count = atol(argv[1]), within = atol(argv[4]);
    int number = atoi(argv[2]);
    uid_t user = (uid_t)atol(argv[3]);
    long hit = 0, held = 0;

    prctl(PR_SET_CHILD_SUBREAPER, 1);
    srandom(1);
    for (long attempt = 0; attempt < count; attempt++) {
        pid_t process = attack(user, number, random() % within, argv + 6);
        int status;
        held += is_held(argv[5]);
        if (waitpid(process, &status, WUNTRACED | WNOHANG) == process)
            hit += WIFSTOPPED(status) || WIFSIGNALED(status);
        kill(process, SIGKILL);
        while (waitpid(process, NULL, 0) < 0 && errno == EINTR) continue;
    }
    printf("hit %ld, held %ld\n", hit, held);
    return 0;
}
