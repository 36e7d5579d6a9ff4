import Foundation

/// A PAM stack of ours, by the name of its service.
enum Stack: String, CaseIterable {
    case passwordAndCode = "sshd"
    case passwordAndCodeIfEnrolled = "sshd-nullok"
    case codeAlone = "sshd-code"
    case codeAloneIfEnrolled = "sshd-code-nullok"
    case unknownOption = "sshd-unknown-option"
    case otherConfiguration = "sshd-conf"
    case splitCodeAlone = "locker-split"
    case systemConfiguration = "locker-conf"
    case splitAnswer = "sshd-split"
    case su = "su"
    case sudo = "sudo"
    case login = "login"
    case vlock = "vlock"

    /// What `conf=` names in the stack of `otherConfiguration`.
    static let configurationPath = "/etc/security/totp-other.conf"

    private var auth: [String] {
        let password = "requisite pam_unix.so"
        return switch self {
        case .passwordAndCode, .su, .sudo, .login, .vlock: [password, "required pam_totp.so"]
        case .splitAnswer:
            [
                "requisite pam_totp.so split_pass", "\(password) try_first_pass",
                "required pam_totp.so",
            ]
        case .passwordAndCodeIfEnrolled: [password, "required pam_totp.so nullok"]
        case .codeAlone: ["required pam_totp.so"]
        // A stack in which every module ignores lets nobody in.
        case .codeAloneIfEnrolled: ["required pam_totp.so nullok", "required pam_permit.so"]
        case .splitCodeAlone: ["requisite pam_totp.so split_pass", "required pam_totp.so"]
        case .systemConfiguration: ["required pam_totp.so conf=/etc/security/totp.conf"]
        case .unknownOption: [password, "required pam_totp.so nullok no_such_option"]
        case .otherConfiguration:
            [password, "required pam_totp.so conf=\(Self.configurationPath)"]
        }
    }

    /// Writes the stack where libpam looks for it.
    func install() throws {
        let lines =
            auth.map { "auth \($0)" } + [
                "account required pam_unix.so", "session required pam_permit.so",
            ]
        try Data((lines.joined(separator: "\n") + "\n").utf8)
            .write(to: URL(fileURLWithPath: "/etc/pam.d/\(rawValue)"))
    }
}
