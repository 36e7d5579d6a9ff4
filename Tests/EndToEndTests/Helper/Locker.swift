import Foundation

/// A screen locker: a program that runs as the person at the keyboard, and is not root.
struct Locker {
    let owner: Person
    private let program: String

    init(of owner: Person) throws {
        self.owner = owner
        // Where everybody may run it.
        program = "/run/home/pam-login-\(owner.name)"
        _ = try Command.output(of: "install", "-m", "755", PAMLogin.path, program)
    }

    /// What a login ends with; `options` are pam-login's.
    func login(
        _ user: Person,
        _ reply: String,
        stack: Stack = .codeAlone,
        options: [String] = []
    ) throws -> Answer? {
        let command = try Command.run(
            ["runuser", "-u", owner.name, "--", program] + options
                + ["/etc/pam.d", stack.rawValue, user.name, reply]
        )
        return Answer(Substring(command.text.trimmed))
    }

    /// What the helper itself answers to a request, started as the owner can start it.
    func ask(_ request: String) throws -> Command {
        try Command.run(
            ["runuser", "-u", owner.name, "--", Self.helper],
            input: Data(request.utf8)
        )
    }

    static let helper = "/usr/libexec/pam-totp/totp-helper"
}
