#define _GNU_SOURCE
#include "CSystem.h"

const char *totp_error_words(int code)
{
    return strerrordesc_np(code);
}

int totp_set_real_user(uid_t user)
{
    return setresuid(user, (uid_t)-1, (uid_t)-1);
}

__attribute__((noinline)) void totp_wipe_stack(void)
{
    char area[32 * 1024];
    explicit_bzero(area, sizeof area);
}
