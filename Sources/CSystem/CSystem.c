#define _GNU_SOURCE
#include "CSystem.h"

#include <sys/timex.h>

const char *totp_error_words(int code)
{
    return strerrordesc_np(code);
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

__attribute__((noinline)) void totp_wipe_stack(void)
{
    char area[32 * 1024];
    explicit_bzero(area, sizeof area);
}
