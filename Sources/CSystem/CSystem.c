#define _GNU_SOURCE
#include "CSystem.h"

#include <sys/mman.h>
#include <sys/timex.h>

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
    int state = adjtimex(&nothing_to_set);
    return state < 0 ? -1 : state != TIME_ERROR;
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
    const uintptr_t page = 4096;
    char *start = (char *)(((uintptr_t)area + page - 1) & ~(page - 1));
    char *end = (char *)((uintptr_t)(area + sizeof area) & ~(page - 1));
    // Whole pages are given back, to come again as zeros, and do not stay with the host.
    if (madvise(start, (size_t)(end - start), MADV_DONTNEED) != 0) start = end = area;
    explicit_bzero(area, (size_t)(start - area));
    explicit_bzero(end, (size_t)(area + sizeof area - end));
}
