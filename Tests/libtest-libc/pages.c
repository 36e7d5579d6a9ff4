// For tests: loaded in front of libc (LD_PRELOAD), makes pages look as large as TOTP_PAGE_SIZE says,
// as they are on other machines (16 or 64 kB on arm64), in what the module asks of them.

#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int getpagesize(void)
{
    const char *size = getenv("TOTP_PAGE_SIZE");
    return size == NULL ? (int)sysconf(_SC_PAGESIZE) : atoi(size);
}

/// As mm/madvise.c has it: a start within a page is refused, an end within one counts as its end.
int madvise(void *start, size_t length, int advice)
{
    size_t page = (size_t)getpagesize();
    if ((uintptr_t)start % page != 0) {
        errno = EINVAL;
        return -1;
    }
    return (int)syscall(SYS_madvise, start, (length + page - 1) / page * page, advice);
}
