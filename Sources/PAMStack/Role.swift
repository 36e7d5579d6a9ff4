/// What a module is asked for in an auth stack, and so what its result tells.
package enum Role: Equatable, Sendable {
    /// pam_totp, where it verifies.
    case code
    /// pam_totp with split_pass: takes an answer apart.
    case split
    /// pam_totp with ask_pass or keep_pace: asks for a password that others check, or waits.
    case pace
    /// Wants a secret, a key or a finger.
    case credential
    /// Tells who somebody is or where from, and wants nothing from them.
    case condition
    /// Wants nothing of anybody.
    case nothing
    /// Not known here; taken for one that wants a secret.
    case unknown
}

extension Module {
    package var role: Role {
        if name == "pam_totp" {
            if arguments.contains("split_pass") { return .split }
            return arguments.contains { $0 == "ask_pass" || $0 == "keep_pace" } ? .pace : .code
        }
        if Self.credentials.contains(name) { return .credential }
        if Self.conditions.contains(name) { return .condition }
        if Self.fixed[name] != nil || Self.wantingNothing.contains(name) { return .nothing }
        return .unknown
    }

    /// What it can return, the most usual first.
    package var results: [ReturnCode] {
        if !isInstalled { return [.moduleUnknown] }
        var results = possible
        // Whatever is not installed returns this, and what decides a login may well be missing.
        if quiet || role != .nothing, !results.contains(.moduleUnknown) {
            results.append(.moduleUnknown)
        }
        return results
    }

    private var possible: [ReturnCode] {
        switch role {
        case .code:
            [
                .success, .authErr, .maxtries, .ignore, .authinfoUnavail, .serviceErr, .convErr,
                .systemErr, .bufErr, .abort, .incomplete,
            ]
        case .split, .pace:
            [.ignore, .authErr, .serviceErr, .convErr, .systemErr, .bufErr, .incomplete]
        case .credential where name == "pam_unix":
            [
                .success, .authErr, .userUnknown, .authinfoUnavail, .maxtries, .convErr,
                .serviceErr,
                .systemErr, .bufErr, .permDenied, .credInsufficient, .authtokErr,
                .authtokRecoveryErr, .abort, .incomplete,
            ]
        case .condition where name == "pam_rootok": [.success, .authErr]
        case .nothing where Self.fixed[name] != nil: Self.fixed[name] ?? []
        case .nothing:
            [
                .success, .ignore, .authErr, .permDenied, .userUnknown, .maxtries, .serviceErr,
                .systemErr, .bufErr, .abort, .sessionErr, .credUnavail, .acctExpired,
            ]
        case .credential, .condition, .unknown: Self.usualFirst
        }
    }

    /// Everything that there is.
    private static let usualFirst: [ReturnCode] = {
        let usual: [ReturnCode] = [.success, .authErr, .ignore, .userUnknown, .authinfoUnavail]
        return usual + ReturnCode.allCases.filter { !usual.contains($0) }
    }()

    private static let fixed: [String: [ReturnCode]] = [
        "pam_permit": [.success],
        "pam_deny": [.authErr],
        "pam_warn": [.ignore],
        "pam_faildelay": [.ignore, .success],
    ]

    private static let wantingNothing: Set<String> = [
        "pam_cap", "pam_echo", "pam_env", "pam_faillock", "pam_gnome_keyring", "pam_group",
        "pam_issue", "pam_keyinit", "pam_kwallet5", "pam_lastlog", "pam_limits", "pam_loginuid",
        "pam_mail", "pam_mkhomedir", "pam_motd", "pam_nologin", "pam_securetty", "pam_selinux",
        "pam_sepermit", "pam_setquota", "pam_shells", "pam_systemd", "pam_tally2", "pam_tty_audit",
        "pam_umask", "pam_xauth",
    ]

    private static let conditions: Set<String> = [
        "pam_access", "pam_listfile", "pam_localuser", "pam_rhosts", "pam_rootok", "pam_succeed_if",
        "pam_time", "pam_timestamp", "pam_usertype", "pam_wheel",
    ]

    private static let credentials: Set<String> = [
        "pam_duo", "pam_fprintd", "pam_google_authenticator", "pam_himmelblau", "pam_kanidm",
        "pam_krb5", "pam_ldap", "pam_oath", "pam_p11", "pam_pkcs11", "pam_radius_auth",
        "pam_ssh_agent_auth", "pam_sss", "pam_sss_gss", "pam_systemd_home", "pam_u2f", "pam_unix",
        "pam_unix2", "pam_userdb", "pam_winbind", "pam_yubico",
    ]
}
