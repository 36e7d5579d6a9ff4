#define _GNU_SOURCE
#include "login.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern int pam_start_confdir(
    const char *service, const char *user, const struct pam_conv *conversation, const char *folder,
    pam_handle_t **pamh);

struct application application;

static void note(struct login *login, const struct pam_message *message)
{
    size_t used = strlen(login->shown);
    snprintf(
        login->shown + used, sizeof login->shown - used, " [%d %s]", message->msg_style,
        message->msg);
}

static void wait_for_the_others(struct login *login)
{
    char byte = 0;
    if (login->gate < 0) return;
    if (write(login->ready, &byte, 1) != 1) _exit(70);
    close(login->ready);
    while (read(login->gate, &byte, 1) < 0 && errno == EINTR) continue;
    login->gate = -1;
}

static char *reply_to(const struct login *login, const char *prompt)
{
    const char *reply =
        application.password && strstr(prompt, "assword") ? application.password : login->reply;
    size_t length = strlen(reply);
    if (length == 0 || length >= application.length) return strdup(reply);
    char *longer = malloc(application.length + 1);
    if (longer == NULL) _exit(71);
    memcpy(longer, reply, length);
    memset(longer + length, reply[length - 1], application.length - length);
    longer[application.length] = '\0';
    return longer;
}

static int converse(
    int count, const struct pam_message **messages, struct pam_response **responses, void *data)
{
    struct login *login = data;
    int extra = application.manner == TOO_MANY_REPLIES;
    struct pam_response *answers = calloc((size_t)(count + extra), sizeof *answers);
    if (answers == NULL) return PAM_BUF_ERR;
    *responses = NULL;
    for (int index = 0; index < count; index++) {
        note(login, messages[index]);
        if (messages[index]->msg_style > PAM_PROMPT_ECHO_ON) continue;
        wait_for_the_others(login);
        long seen = application.look == NULL ? 0 : application.look();
        if (seen > login->held) login->held = seen;
        switch (application.manner) {
        case FAILS:
            free(answers);
            return PAM_CONV_ERR;
        case NOT_YET:
            application.manner = ANSWERS;
            free(answers);
            return PAM_CONV_AGAIN;
        case NEVER_YET:
            free(answers);
            return PAM_CONV_AGAIN;
        case NO_REPLIES:
            free(answers);
            return PAM_SUCCESS;
        case ANSWERS_NULL:
            continue;
        case ANSWERS:
        case TOO_MANY_REPLIES:
            break;
        }
        if (application.other_user != NULL)
            pam_set_item(login->pamh, PAM_USER, application.other_user);
        answers[index].resp = reply_to(login, messages[index]->msg);
    }
    // One that nobody asked for; whoever reads it takes it for the right one.
    if (extra) answers[count].resp = strdup(login->reply);
    *responses = answers;
    return PAM_SUCCESS;
}

/// Refusals are not delayed, only asked about.
static void note_delay(int code, unsigned microseconds, void *data)
{
    struct login *login = data;
    (void)code;
    login->delay = microseconds;
}

int authenticate(struct login *login)
{
    const struct pam_conv conversation = {.conv = converse, .appdata_ptr = login};
    pam_handle_t *pamh = NULL;
    int code = pam_start_confdir(login->service, login->user, &conversation, login->folder, &pamh);
    if (code != PAM_SUCCESS) return code;
    login->pamh = pamh;
    pam_set_item(pamh, PAM_FAIL_DELAY, (const void *)note_delay);
    if (application.remote_host != NULL) pam_set_item(pamh, PAM_RHOST, application.remote_host);
    int may_ask_again = application.manner == NOT_YET;
    code = pam_authenticate(pamh, application.flags);
    if (code == PAM_INCOMPLETE && may_ask_again) code = pam_authenticate(pamh, application.flags);
    pam_end(pamh, code);
    return code;
}
