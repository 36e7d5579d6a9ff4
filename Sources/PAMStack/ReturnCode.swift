/// What a module returns, by Linux-PAM's numbers (_pam_types.h) and the names of pam.conf(5).
package enum ReturnCode: Int, CaseIterable, Sendable {
    case success = 0
    case openErr, symbolErr, serviceErr, systemErr, bufErr, permDenied, authErr
    case credInsufficient, authinfoUnavail, userUnknown, maxtries, newAuthtokReqd, acctExpired
    case sessionErr, credUnavail, credExpired, credErr, noModuleData, convErr, authtokErr
    case authtokRecoveryErr, authtokLockBusy, authtokDisableAging, tryAgain, ignore, abort
    case authtokExpired, moduleUnknown, badItem, convAgain, incomplete

    /// As pam.conf(5) spells it in a control, and pam_debug(8) in its arguments.
    package var name: String { Self.names[rawValue] }

    private static let names = [
        "success", "open_err", "symbol_err", "service_err", "system_err", "buf_err", "perm_denied",
        "auth_err", "cred_insufficient", "authinfo_unavail", "user_unknown", "maxtries",
        "new_authtok_reqd", "acct_expired", "session_err", "cred_unavail", "cred_expired",
        "cred_err", "no_module_data", "conv_err", "authtok_err", "authtok_recover_err",
        "authtok_lock_busy", "authtok_disable_aging", "try_again", "ignore", "abort",
        "authtok_expired", "module_unknown", "bad_item", "conv_again", "incomplete",
    ]
}
