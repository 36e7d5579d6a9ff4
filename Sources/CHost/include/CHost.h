// What totp-admin doctor asks the kernel, the dynamic linker and sshd; and what Swift's Glibc lacks.
#ifndef TOTP_CHOST_H
#define TOTP_CHOST_H

#include <stdint.h>
#include <stddef.h>
#include <sys/signalfd.h>

struct totp_clock {
    int is_synchronised;
    /// In microseconds: what the kernel is still to correct, and how wrong the time may be at most.
    int64_t offset, error;
};

/// adjtimex(2), without a change. Returns 0 or an error number.
int totp_read_clock(struct totp_clock *clock);

/// What files lie on, as far as it matters to the store.
enum __attribute__((enum_extensibility(closed))) totp_medium {
    totp_medium_other,
    totp_medium_memory,
    totp_medium_overlay,
    totp_medium_network,
    totp_medium_fuse,
    totp_medium_btrfs,
};

struct totp_file_system {
    enum totp_medium medium;
    uint64_t free_bytes, free_files;
    /// Whether files may have a limited number (0 on btrfs, for example).
    uint64_t files;
    /// Whether what is written over a file's blocks goes to these blocks, as long as no copy shares them:
    /// what ext4, XFS and tmpfs do, and btrfs for new files in a folder with the attribute for it.
    int writes_in_place;
};

/// statfs(2) and the folder's attributes. Returns 0 or an error number.
int totp_read_file_system(const char *path, struct totp_file_system *system);

/// Whether a small file shares blocks with a copy, so that writing over them takes new ones (ioctl_fiemap).
/// Returns 0 or an error number: EOPNOTSUPP where the file system cannot tell.
int totp_read_sharing(const char *path, int *is_shared);

/// Whether an access list (acl(5)) adds to the mode of a file.
int totp_has_access_list(const char *path);

/// The SELinux label of a file, terminated. Returns 0 or an error number.
int totp_read_label(const char *path, char *label, size_t size);

/// dlopen(3) as libpam does it, in a child. Returns 0 for a module that loads and has what libpam looks
/// for; else `text` is what dlerror(3) says, or empty where that killed the child.
int totp_load_failure(const char *path, char *text, size_t size);

/// Runs a program with an empty environment and no input, and puts the beginning of what it writes to
/// its standard output and error into `output`, terminated. Returns its exit status as a shell has
/// it (126: no program; 128 and more: a signal), or -1 for one that took longer than `patience` milliseconds
/// or could not be started now.
int totp_run(
    const char *const *arguments, char *output, size_t output_size, char *errors, size_t errors_size,
    int patience);

#endif
