import Foundation

/// How one login with a real ssh client went.
struct SSHLogin {
    enum Outcome: Equatable {
        case letIn
        case refused
        case other(String)
    }

    let outcome: Outcome
    /// What was asked, in order.
    let prompts: [String]
    /// What the client showed beside the prompts.
    let messages: String

    /// Whether the module's prompt was among them.
    var wasAskedForCode: Bool { prompts.contains { $0.hasSuffix("Verification code: ") } }

    /// Logs in and asks the far side who it is; one attempt, and whatever is asked is answered.
    init(
        as person: Person,
        on server: SSHServer,
        password: String? = nil,
        code: String,
        options: [String] = []
    ) throws {
        let answers = try SSHAnswers(password: password ?? person.password, code: code)
        let command = try Command.run(
            Self.arguments(person, server, options) + ["echo let in as $(id -un)"],
            environment: answers.environment
        )
        outcome =
            switch (command.status, command.text) {
            case (0, "let in as \(person.name)\n"): .letIn
            case (255, "") where command.error.contains("Permission denied ("): .refused
            default: .other("status \(command.status): \(command.text)\(command.error)")
            }
        prompts = answers.prompts
        messages = command.error
    }

    static func arguments(
        _ person: Person,
        _ server: SSHServer,
        _ options: [String] = []
    ) -> [String] {
        ["ssh", "-T"] + self.options(for: server) + options + ["\(person.name)@127.0.0.1"]
    }

    /// What every client of OpenSSH's takes.
    static func options(for server: SSHServer) -> [String] {
        [
            "-F", "none", "-o", "Port=\(server.port)",
            "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
            "-o", "NumberOfPasswordPrompts=1", "-o", "IdentityAgent=none",
            "-o", "ConnectTimeout=20",
        ]
    }
}
