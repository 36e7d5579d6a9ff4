// libc for Embedded Swift, which has no Glibc module, and the few calls that Swift cannot make:
// variadic functions, macros, errno.
#ifndef TOTP_CSYSTEM_H
#define TOTP_CSYSTEM_H

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/fsuid.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static inline int totp_errno(void) { return errno; }
static inline void totp_set_errno(int code) { errno = code; }

/// openat(2) that leaves the time of access alone where it may: somebody who is listed, or logs in,
/// must not cost the disk a write for having been read.
int totp_openat(int folder, const char *path, int flags, mode_t mode);

/// The untranslated words for an errno value, or NULL. Declared here because glibc hides its
/// strerrordesc_np behind _GNU_SOURCE, which Swift's importer does not set.
const char *totp_error_words(int code);

/// setresuid(2) for the real uid alone; behind _GNU_SOURCE as well.
int totp_set_real_user(uid_t user);

/// Starts the program at `path` with nothing but a socket on its standard input and output, an empty
/// environment and default signals. Returns our end of the socket, or a negated errno value.
int totp_spawn(const char *path, pid_t *process);

/// Returns when the child is gone, whoever collected it; kills it if it will not go.
void totp_reap(pid_t process);

/// Has the process leave no core dump, whatever ends it.
void totp_leave_no_core(void);

/// Cuts the process off from its caller: no environment, descriptors, handlers, core dumps; SIGALRM
/// ends it after `lifetime` seconds.
void totp_isolate(unsigned int lifetime);

/// On btrfs, makes what is created in the folder from now on be written in place; nothing elsewhere.
/// Returns 0, or -1 with errno.
int totp_write_in_place(int folder);

/// Takes away what acl(5) adds to a file's mode, for itself and, of a folder, for what is made in it.
int totp_remove_access_lists(int file);

/// syncfs(2): the whole file system that `file` is on.
int totp_synchronize_file_system(int file);

/// renameat2(2) that never replaces anything (RENAME_NOREPLACE); needs _GNU_SOURCE as well.
int totp_move_new(int from, const char *name, int to, const char *new_name);

/// Whether the kernel holds the clock for synchronised (adjtimex(2)): 0 or 1, or -1 where it
/// may not be asked, as under any filter of system calls.
int totp_clock_is_synchronised(void);

/// Overwrites 32 KiB of the stack below the caller's frame, and gives their whole pages back.
void totp_wipe_stack(void);

static inline int totp_duplicate(int file) { return fcntl(file, F_DUPFD_CLOEXEC, 0); }

/// The name of the folder's next entry, good until the next call; NULL at its end, with errno 0, and
/// where it cannot be read any further.
static inline const char *totp_next_name(DIR *folder)
{
    errno = 0;
    struct dirent *entry = readdir(folder);
    return entry == NULL ? NULL : entry->d_name;
}

static inline int totp_is_regular(mode_t mode) { return S_ISREG(mode); }
static inline int totp_is_directory(mode_t mode) { return S_ISDIR(mode); }

#endif
