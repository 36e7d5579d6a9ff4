/// Which ways into sshd ask for a code, for those who come by certain settings.
package struct SSHDiagnosis {
    let subject: String
    let settings: SSHSettings
    /// Whether the PAM stack asks for a code in a question of its own.
    let stackAsks: Bool
    /// Whether it takes password and code in one answer.
    let stackSplits: Bool

    /// `whom` says in words of whom the settings are; nil for everybody.
    package init(
        whom: String? = nil,
        settings: SSHSettings,
        stackAsks: Bool,
        stackSplits: Bool
    ) {
        subject = whom.map { "sshd (\($0))" } ?? "sshd"
        self.settings = settings
        self.stackAsks = stackAsks
        self.stackSplits = stackSplits
    }

    package var all: [Diagnosis] {
        var found = settings.waysIn.compactMap(diagnosis)
        if settings.waysIn.isEmpty {
            found.append(
                Diagnosis(
                    .problem,
                    subject,
                    "no way in is open",
                    evidence: evidence(for: SSHMethod.allCases),
                    remedy: "KbdInteractiveAuthentication yes and UsePAM yes, in sshd_config"
                )
            )
        }
        if found.allSatisfy({ $0.level != .problem }), stackAsks {
            found.insert(Diagnosis(.ok, subject, "every way in asks PAM: \(names)"), at: 0)
        }
        if let root = rootDiagnosis { found.append(root) }
        return found
    }

    private func diagnosis(of way: [SSHMethod]) -> Diagnosis? {
        let asksPAM = settings.usesPAM && way.contains(.keyboardInteractive)
        if asksPAM { return stackAsks || settings.service == "sshd" ? nil : otherService }
        guard settings.usesPAM, way.contains(.password) else {
            let isPassword = way.contains(.password)
            return Diagnosis(
                .problem,
                subject,
                "\(way.inWords) alone lets in, and nobody is asked for a code",
                evidence: evidence(for: way),
                remedy: isPassword
                    ? "UsePAM yes, in sshd_config"
                    : "AuthenticationMethods \(way.names),keyboard-interactive:pam, in sshd_config"
            )
        }
        if stackSplits { return nil }
        return Diagnosis(
            .warning,
            subject,
            "password authentication has one answer for every question: no code can follow the password",
            evidence: evidence(for: way),
            remedy: "PasswordAuthentication no, in sshd_config, or split_pass, in pam_totp(8)"
        )
    }

    /// Of the usual service its stack's diagnosis says so.
    private var otherService: Diagnosis {
        Diagnosis(
            .problem,
            subject,
            "PAM's service is '\(settings.service)', whose stack asks for no code",
            evidence: ["pamservicename \(settings.service)"],
            remedy: "auth required pam_totp.so, in /etc/pam.d/\(settings.service)"
        )
    }

    /// What root can do differs where sshd takes no password from root.
    private var rootDiagnosis: Diagnosis? {
        let ways = settings.waysInForRoot
        if ways.isEmpty {
            return Diagnosis(
                .ok,
                subject,
                "root cannot log in",
                evidence: ["permitrootlogin \(settings.rootLogin)"]
            )
        }
        return nil
    }

    private var names: String { settings.waysIn.map(\.names).joined(separator: " or ") }

    private func evidence(for way: [SSHMethod]) -> [String] {
        (["usepam", "authenticationmethods"] + way.map(\.setting)).map {
            "\($0) \(settings.value(of: $0) ?? "(not printed by sshd -T)")"
        }
    }
}

extension [SSHMethod] {
    fileprivate var names: String { map(\.rawValue).joined(separator: ",") }

    fileprivate var inWords: String {
        let words = map { method in
            switch method {
            case .publicKey: "a key"
            case .password: "a password"
            case .keyboardInteractive: "an answer"
            case .hostBased: "a known host"
            case .gssapi, .gssapiKeyExchange: "a Kerberos ticket"
            }
        }
        return words.joined(separator: " and ")
    }
}
