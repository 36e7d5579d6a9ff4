// libpam for Swift: its headers, wrappers for its variadic functions, and the prototypes of the
// Swift functions behind the module's entry points.
#ifndef TOTP_CPAM_H
#define TOTP_CPAM_H

#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <syslog.h>

/// pam_syslog(3) for one finished line.
void totp_pam_log(const pam_handle_t *pamh, int priority, const char *line);

/// pam_get_user(3) and, for one finished text, pam_prompt(3), whose `reply` is the caller's to wipe
/// and free. Meanwhile the thread may be cancelled if the host lets it: `cancel_state` is the
/// host's (pthread_setcancelstate(3)).
int totp_pam_user(pam_handle_t *pamh, int cancel_state, const char **name);
int totp_pam_prompt(
    pam_handle_t *pamh, int cancel_state, int style, char **reply, const char *text);

/// pam_get_item(3) for the items that are text. NULL when there is none.
const char *totp_pam_text_item(const pam_handle_t *pamh, int item);

/// How many bytes of a reply precede its NUL, wiped by `totp_pam_discard` and then freed.
size_t totp_pam_length(const char *reply);
void totp_pam_discard(char *reply);

/// pam_set_item(3) for PAM_AUTHTOK: the first `length` bytes of `answer`.
int totp_pam_set_password(pam_handle_t *pamh, const char *answer, size_t length);

/// Keeps a code with the handle under a name, for another line of the stack; wiped when it is
/// replaced or forgotten, and with the handle. Returns a PAM return code.
int totp_pam_keep_code(pam_handle_t *pamh, const char *name, const char *code);

/// The code that was kept under the name, good until it is forgotten; NULL if there is none.
const char *totp_pam_kept_code(const pam_handle_t *pamh, const char *name);
void totp_pam_forget_code(pam_handle_t *pamh, const char *name);

/// Keeps a time with the handle, in place of the one before. Returns a PAM return code.
int totp_pam_note(pam_handle_t *pamh, int64_t time);

/// Whether a time is kept with the handle, which `time` then is.
bool totp_pam_noted(const pam_handle_t *pamh, int64_t *time);

/// To be called by a thread that cannot be cancelled; `cancel_state` is what it was before.
int totp_pam_authenticate(
    pam_handle_t *pamh, int flags, int argc, const char **argv, int cancel_state);

#endif
