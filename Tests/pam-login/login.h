// One login: who, through which stack, and how the application behind it answers.
#ifndef PAM_LOGIN_H
#define PAM_LOGIN_H

#include <security/pam_appl.h>
#include <stddef.h>

/// What the conversation function (pam_conv(3)) makes of a prompt.
enum manner {
    ANSWERS,
    ANSWERS_NULL, // a reply without text
    NO_REPLIES, // success, and no replies at all
    TOO_MANY_REPLIES,
    FAILS, // PAM_CONV_ERR
    NOT_YET, // PAM_CONV_AGAIN the first time, after which pam_authenticate is called again
    NEVER_YET, // PAM_CONV_AGAIN for good
};

struct login {
    pam_handle_t *pamh;
    const char *folder, *service, *user;
    const char *reply; // to every prompt, but those for a password where there is one
    int gate; // read end of a pipe that opens when everybody has got to the prompt; -1 for none
    int ready; // write end of a pipe that takes one byte from everybody who is there
    char shown[4096]; // every message, each behind its style
    long held; // the most that `application.look` has seen at a prompt
    unsigned delay; // microseconds of delay that were asked for (pam_fail_delay(3))
};

/// The same for everybody.
struct application {
    enum manner manner;
    const char *password; // for prompts with "assword" in them
    const char *other_user; // whom the conversation puts in PAM_USER before it answers
    const char *remote_host; // PAM_RHOST
    size_t length; // a reply is made this long, with its last byte over and over
    int flags; // of pam_authenticate
    long (*look)(void); // counts something at every prompt, before the answer; NULL for nothing
};
extern struct application application;

/// Authenticates through libpam; pam_authenticate's return code.
int authenticate(struct login *login);

#endif
