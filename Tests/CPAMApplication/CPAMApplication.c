// A program that speaks PAM and hands on whatever it is given: ssh and su cut long lines short.
#include "CPAMApplication.h"

#include <security/pam_appl.h>
#include <stdlib.h>
#include <string.h>

static int converse(
    int count, const struct pam_message **messages, struct pam_response **responses, void *reply)
{
    struct pam_response *answers = calloc((size_t)count, sizeof *answers);
    if (answers == NULL) return PAM_BUF_ERR;
    for (int index = 0; index < count; index++) {
        int style = messages[index]->msg_style;
        if (style == PAM_PROMPT_ECHO_OFF || style == PAM_PROMPT_ECHO_ON) {
            answers[index].resp = strdup(reply);
        }
    }
    *responses = answers;
    return PAM_SUCCESS;
}

int pam_application_authenticate(const char *service, const char *user, const char *reply)
{
    const struct pam_conv conversation = {.conv = converse, .appdata_ptr = (void *)reply};
    pam_handle_t *pamh = NULL;
    int code = pam_start(service, user, &conversation, &pamh);
    if (code != PAM_SUCCESS) return code;
    code = pam_authenticate(pamh, 0);
    pam_end(pamh, code);
    return code;
}
