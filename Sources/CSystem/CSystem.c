#define _GNU_SOURCE
#include "CSystem.h"

#include <linux/xattr.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/timex.h>
#include <sys/xattr.h>

const char *totp_error_words(int code)
{
    return strerrordesc_np(code);
}

int totp_openat(int folder, const char *path, int flags, mode_t mode)
{
    int file = openat(folder, path, flags | O_NOATIME, mode);
    // Only the owner, or root, may ask for that.
    if (file < 0 && errno == EPERM) file = openat(folder, path, flags, mode);
    return file;
}

int totp_set_real_user(uid_t user)
{
    return setresuid(user, (uid_t)-1, (uid_t)-1);
}

int totp_clock_is_synchronised(void)
{
    struct timex nothing_to_set = {0};
    // systemd's SystemCallFilter kills whoever asks: its services need no clock set.
    if (prctl(PR_GET_SECCOMP) != 0) return -1;
    int state = adjtimex(&nothing_to_set);
    return state < 0 ? -1 : state != TIME_ERROR;
}

int totp_remove_access_lists(int file)
{
    const char *const names[] = {XATTR_NAME_POSIX_ACL_ACCESS, XATTR_NAME_POSIX_ACL_DEFAULT};
    for (size_t index = 0; index < sizeof names / sizeof *names; index++)
        if (fremovexattr(file, names[index]) != 0 && errno != ENODATA && errno != EOPNOTSUPP)
            return -1;
    return 0;
}

int totp_synchronize_file_system(int file)
{
    return syncfs(file);
}

int totp_move_new(int from, const char *name, int to, const char *new_name)
{
    return renameat2(from, name, to, new_name, RENAME_NOREPLACE);
}

__attribute__((noinline)) void totp_wipe_stack(void)
{
    char area[32 * 1024];
    const size_t step = 4096;
    // From above and before any call: a thread whose stack is too small for this gets to its guard
    // page, and not over it into what is somebody else's.
    for (size_t end = sizeof area; end > 0; end -= step)
        *(volatile char *)(area + end - step) = 0;
    // A page that is only given back keeps what is in it until the kernel has another use for it.
    explicit_bzero(area, sizeof area);
    // Given back too, so that it does not stay with the host. Pages are not of 4 kB everywhere, and
    // madvise takes a part of one for the whole: of the caller's frames, then.
    const uintptr_t page = (uintptr_t)getpagesize();
    uintptr_t start = ((uintptr_t)area + page - 1) & ~(page - 1);
    uintptr_t end = ((uintptr_t)area + sizeof area) & ~(page - 1);
    if (start < end) madvise((void *)start, end - start, MADV_DONTNEED);
}
