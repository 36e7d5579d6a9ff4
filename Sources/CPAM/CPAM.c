#include "CPAM.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

void totp_pam_log(const pam_handle_t *pamh, int priority, const char *line)
{
    pam_syslog(pamh, LOG_AUTHPRIV | priority, "%s", line);
}

int totp_pam_user(pam_handle_t *pamh, int cancel_state, const char **name)
{
    pthread_setcancelstate(cancel_state, NULL);
    int code = pam_get_user(pamh, name, NULL);
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    return code;
}

int totp_pam_prompt(
    pam_handle_t *pamh, int cancel_state, int style, char **reply, const char *text)
{
    *reply = NULL;
    pthread_setcancelstate(cancel_state, NULL);
    int code = pam_prompt(pamh, style, reply, "%s", text);
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    return code;
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

int totp_pam_set_password(pam_handle_t *pamh, const char *answer, size_t length)
{
    char *password = strndup(answer, length);
    if (password == NULL) return PAM_BUF_ERR;
    int code = pam_set_item(pamh, PAM_AUTHTOK, password);
    totp_pam_discard(password);
    return code;
}

static void discard_kept(pam_handle_t *pamh, void *code, int status)
{
    (void)pamh, (void)status;
    totp_pam_discard(code);
}

int totp_pam_keep_code(pam_handle_t *pamh, const char *name, const char *code)
{
    char *copy = strdup(code);
    if (copy == NULL) return PAM_BUF_ERR;
    int outcome = pam_set_data(pamh, name, copy, discard_kept);
    if (outcome != PAM_SUCCESS) totp_pam_discard(copy);
    return outcome;
}

const char *totp_pam_kept_code(const pam_handle_t *pamh, const char *name)
{
    const void *code = NULL;
    return pam_get_data(pamh, name, &code) == PAM_SUCCESS ? code : NULL;
}

void totp_pam_forget_code(pam_handle_t *pamh, const char *name)
{
    pam_set_data(pamh, name, NULL, NULL);
}

static const char noted[] = "pam_totp start";

static void discard_note(pam_handle_t *pamh, void *time, int status)
{
    (void)pamh, (void)status;
    free(time);
}

int totp_pam_note(pam_handle_t *pamh, int64_t time)
{
    int64_t *copy = malloc(sizeof *copy);
    if (copy == NULL) return PAM_BUF_ERR;
    *copy = time;
    int outcome = pam_set_data(pamh, noted, copy, discard_note);
    if (outcome != PAM_SUCCESS) free(copy);
    return outcome;
}

bool totp_pam_noted(const pam_handle_t *pamh, int64_t *time)
{
    const void *note = NULL;
    if (pam_get_data(pamh, noted, &note) != PAM_SUCCESS || note == NULL) return false;
    *time = *(const int64_t *)note;
    return true;
}
