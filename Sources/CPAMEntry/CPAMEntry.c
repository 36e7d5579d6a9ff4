// The entry points that libpam looks up by name (pam_sm_authenticate(3) and its kin).
// Authentication is Swift's; the others exist so that a stack naming the module in them loads.

#include "CPAM.h"

#include <pthread.h>

#define UNUSED __attribute__((unused))

/// A thread that its host cancels in a system call would leave its lock held and its files open.
int pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    int cancel_state;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    int code = totp_pam_authenticate(pamh, flags, argc, argv, cancel_state);
    pthread_setcancelstate(cancel_state, NULL);
    return code;
}

/// There are no credentials to set; an error here would end the login after a right code.
int pam_sm_setcred(
    pam_handle_t *pamh UNUSED, int flags UNUSED, int argc UNUSED, const char **argv UNUSED)
{
    return PAM_SUCCESS;
}

#define NOT_OURS(function)                                                                     \
    int function(                                                                              \
        pam_handle_t *pamh UNUSED, int flags UNUSED, int argc UNUSED, const char **argv UNUSED) \
    {                                                                                          \
        return PAM_IGNORE;                                                                     \
    }

NOT_OURS(pam_sm_acct_mgmt)
NOT_OURS(pam_sm_chauthtok)
NOT_OURS(pam_sm_open_session)
NOT_OURS(pam_sm_close_session)
