#include "CPAM.h"

#include <stdlib.h>
#include <string.h>

void totp_pam_log(const pam_handle_t *pamh, int priority, const char *line)
{
    pam_syslog(pamh, LOG_AUTHPRIV | priority, "%s", line);
}

int totp_pam_prompt(pam_handle_t *pamh, int style, char **reply, const char *text)
{
    *reply = NULL;
    return pam_prompt(pamh, style, reply, "%s", text);
}

const char *totp_pam_text_item(const pam_handle_t *pamh, int item)
{
    const void *value = NULL;
    return pam_get_item(pamh, item, &value) == PAM_SUCCESS ? value : NULL;
}

size_t totp_pam_length(const char *reply)
{
    return strlen(reply);
}

void totp_pam_discard(char *reply)
{
    if (reply == NULL) return;
    explicit_bzero(reply, strlen(reply));
    free(reply);
}
