// Starting totp-helper, and what totp-helper does first.

#define _GNU_SOURCE
#include "CSystem.h"

#include <spawn.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int spawn_with(const char *path, int socket, pid_t *process)
{
    char *const arguments[] = {(char *)path, NULL};
    char *const environment[] = {NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t all, none;

    sigfillset(&all);
    sigemptyset(&none);
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0) return error;
    error = posix_spawnattr_init(&attributes);
    if (error != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    if ((error = posix_spawn_file_actions_adddup2(&actions, socket, 0)) == 0
        && (error = posix_spawn_file_actions_adddup2(&actions, socket, 1)) == 0
        && (error = posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)) == 0
        && (error = posix_spawn_file_actions_addclosefrom_np(&actions, 3)) == 0
        && (error = posix_spawnattr_setsigdefault(&attributes, &all)) == 0
        && (error = posix_spawnattr_setsigmask(&attributes, &none)) == 0
        && (error = posix_spawnattr_setflags(
                &attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)) == 0)
        error = posix_spawn(process, path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int totp_spawn(const char *path, pid_t *process)
{
    int sockets[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) return -errno;
    int error = spawn_with(path, sockets[1], process);
    close(sockets[1]);
    if (error == 0) return sockets[0];
    close(sockets[0]);
    return -error;
}

void totp_reap(pid_t process)
{
    const struct timespec pause = {.tv_nsec = 2 * 1000 * 1000};
    // It ends by itself at once, having answered; half a second is for one that somebody stopped.
    for (int attempt = 0; attempt < 250; attempt++) {
        pid_t outcome = waitpid(process, NULL, WNOHANG);
        if (outcome == process || (outcome < 0 && errno != EINTR)) return;
        nanosleep(&pause, NULL);
    }
    kill(process, SIGKILL);
    while (waitpid(process, NULL, 0) < 0 && errno == EINTR) continue;
}

void totp_leave_no_core(void)
{
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

void totp_isolate(unsigned int lifetime)
{
    sigset_t all;

    clearenv();
    close_range(3, ~0U, 0);
    totp_leave_no_core();
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    umask(077);
    if (chdir("/") != 0) _exit(71);
    alarm(lifetime);
}
