// For tests: loaded in front of libc, lets one allocation of the module's fail, the one whose number
// TOTP_FAILING_ALLOCATION is; the others are as ever.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static int failing = -1, count;

__attribute__((constructor)) static void begin(void)
{
    const char *number = getenv("TOTP_FAILING_ALLOCATION");
    if (number != NULL) failing = atoi(number);
}

static int fails(void *caller)
{
    Dl_info place;
    if (failing < 0 || !dladdr(caller, &place) || place.dli_fname == NULL) return 0;
    return strstr(place.dli_fname, "/pam_totp.so") != NULL && ++count == failing;
}

void *malloc(size_t size)
{
    if (!fails(__builtin_return_address(0))) return __libc_malloc(size);
    errno = ENOMEM;
    return NULL;
}

int posix_memalign(void **place, size_t alignment, size_t size)
{
    if (fails(__builtin_return_address(0))) return ENOMEM;
    *place = __libc_memalign(alignment, size);
    return *place == NULL ? ENOMEM : 0;
}
