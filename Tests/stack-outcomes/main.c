// What libpam returns for many stacks, in one process.
//
//     stack-outcomes FOLDER SERVICE…
//
// FOLDER holds the stacks (pam_start_confdir(3)). Prints a line a service: its name, and the return
// code of pam_authenticate, or of pam_start where that fails. Nothing is asked.
#include <security/pam_appl.h>
#include <stdio.h>
#include <stdlib.h>

extern int pam_start_confdir(
    const char *service, const char *user, const struct pam_conv *conversation, const char *folder,
    pam_handle_t **pamh);

static int converse(
    int count, const struct pam_message **messages, struct pam_response **responses, void *data)
{
    (void)count, (void)messages, (void)responses, (void)data;
    return PAM_CONV_ERR;
}

static void do_not_delay(int code, unsigned microseconds, void *data)
{
    (void)code, (void)microseconds, (void)data;
}

int main(int count, char **arguments)
{
    const struct pam_conv conversation = {.conv = converse};
    if (count < 3) return 64;
    for (int index = 2; index < count; index++) {
        pam_handle_t *pamh = NULL;
        int code = pam_start_confdir(
            arguments[index], "nobody", &conversation, arguments[1], &pamh);
        if (code == PAM_SUCCESS) {
            pam_set_item(pamh, PAM_FAIL_DELAY, (const void *)do_not_delay);
            code = pam_authenticate(pamh, PAM_SILENT);
            pam_end(pamh, code);
        }
        printf("%s %d\n", arguments[index], code);
    }
    return 0;
}
