#pragma once

#include <spawn.h>
#include <sys/types.h>

/// Starts a program on a pseudo-terminal of its own, of so many columns and rows, which is its
/// controlling terminal and all it has open.
///
/// `terminal` gets the other end, close-on-exec; closing it hangs up. `child` gets the process.
/// Returns 0 or an errno; a program that cannot be started exits with 127.
int pseudo_terminal_start(
    const char *path, char *const argv[], char *const envp[], unsigned short columns,
    unsigned short rows, int *terminal, pid_t *child);

/// Waits until there is something to read, at most `milliseconds`, and reads it.
///
/// Returns how many bytes; 0 once nothing more can come; -1 when the time was up.
ssize_t pseudo_terminal_read(int terminal, void *buffer, size_t size, int milliseconds);

/// posix_spawn_file_actions_addclosefrom_np(3), which glibc's headers keep from Swift.
int child_process_close_from(posix_spawn_file_actions_t *actions, int descriptor);
