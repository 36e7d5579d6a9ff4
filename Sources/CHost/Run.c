#define _GNU_SOURCE
#include "CHost.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct stream {
    int pipe;
    char *text;
    size_t size, used;
};

/// Reads what is there; closes the pipe at its end. What is too long is read and dropped.
static void take(struct stream *stream)
{
    char chunk[4096];
    ssize_t count = read(stream->pipe, chunk, sizeof chunk);
    if (count < 0 && errno == EINTR) return;
    if (count <= 0) {
        close(stream->pipe);
        stream->pipe = -1;
        return;
    }
    for (ssize_t index = 0; index < count && stream->used + 1 < stream->size; index++)
        stream->text[stream->used++] = chunk[index];
    stream->text[stream->used] = '\0';
}

/// Whether both ended in time.
static int read_both(struct stream streams[2], int64_t end)
{
    while (streams[0].pipe >= 0 || streams[1].pipe >= 0) {
        struct pollfd wanted[2] = {
            {.fd = streams[0].pipe, .events = POLLIN}, {.fd = streams[1].pipe, .events = POLLIN}};
        int64_t left = end - milliseconds();
        if (left <= 0) return 0;
        if (poll(wanted, 2, (int)left) <= 0) continue;
        for (int index = 0; index < 2; index++)
            if (wanted[index].revents != 0) take(&streams[index]);
    }
    return 1;
}

/// Whether the process ended in time, which closing its output does not say.
static int ended(pid_t process, int64_t end, int *status)
{
    const struct timespec pause = {.tv_nsec = 1000000};
    while (waitpid(process, status, WNOHANG) == 0) {
        if (milliseconds() >= end) return 0;
        nanosleep(&pause, NULL);
    }
    return 1;
}

static int start(const char *const *arguments, int output, int errors, pid_t *process)
{
    char *const environment[] = {NULL};
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0) return error;
    if ((error = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)) == 0
        && (error = posix_spawn_file_actions_adddup2(&actions, output, 1)) == 0
        && (error = posix_spawn_file_actions_adddup2(&actions, errors, 2)) == 0)
        error = posix_spawn(
            process, arguments[0], &actions, NULL, (char *const *)arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int totp_run(
    const char *const *arguments, char *output, size_t output_size, char *errors, size_t errors_size,
    int patience)
{
    int first[2], second[2], status = -1;
    pid_t process;
    int64_t end = milliseconds() + patience;
    output[0] = errors[0] = '\0';
    if (pipe2(first, O_CLOEXEC) != 0) return -1;
    if (pipe2(second, O_CLOEXEC) != 0) {
        close(first[0]);
        close(first[1]);
        return -1;
    }
    int error = start(arguments, first[1], second[1], &process);
    close(first[1]);
    close(second[1]);
    struct stream streams[2] = {
        {first[0], output, output_size, 0}, {second[0], errors, errors_size, 0}};
    int is_late = error == 0 && (!read_both(streams, end) || !ended(process, end, &status));
    if (is_late) {
        kill(process, SIGKILL);
        while (waitpid(process, &status, 0) < 0 && errno == EINTR) continue;
    }
    for (int index = 0; index < 2; index++)
        if (streams[index].pipe >= 0) close(streams[index].pipe);
    if (error == EACCES || error == ENOEXEC) return 126;
    if (error != 0 || is_late) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
