// What a test cannot do in Swift: run code between fork and exec.
#define _GNU_SOURCE
#include "CPseudoTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <unistd.h>

int pseudo_terminal_start(
    const char *path, char *const argv[], char *const envp[], unsigned short columns,
    unsigned short rows, int *terminal, pid_t *child)
{
    const struct winsize size = {.ws_row = rows, .ws_col = columns};
    *child = forkpty(terminal, NULL, NULL, &size);
    if (*child < 0) return errno;
    if (*child == 0) {
        // Another child's terminal must not be kept open here: it could not hang up.
        close_range(3, ~0U, 0);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        // Tests that run in the background have SIGINT and SIGQUIT ignored.
        for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
        execve(path, argv, envp);
        _exit(127);
    }
    fcntl(*terminal, F_SETFD, FD_CLOEXEC);
    return 0;
}

ssize_t pseudo_terminal_read(int terminal, void *buffer, size_t size, int milliseconds)
{
    struct pollfd poller = {.fd = terminal, .events = POLLIN};
    int ready = poll(&poller, 1, milliseconds);
    if (ready == 0 || (ready < 0 && errno == EINTR)) return -1;
    // EIO is how a terminal says that nobody has the other side open.
    ssize_t count = read(terminal, buffer, size);
    return count < 0 ? 0 : count;
}

int child_process_close_from(posix_spawn_file_actions_t *actions, int descriptor)
{
    return posix_spawn_file_actions_addclosefrom_np(actions, descriptor);
}
