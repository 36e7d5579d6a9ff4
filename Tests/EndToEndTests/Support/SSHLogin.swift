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

    private static let program = """
        #!/bin/sh
        printf '%s\\n' "$1" >>"$ANSWERS/prompts"
        case $1 in
        *"Verification code: ") exec cat "$ANSWERS/code" ;;
        *assword:*) exec cat "$ANSWERS/password" ;;
        *) exit 1 ;;
        esac

        """

    /// Logs in and asks the far side who it is; one attempt, and whatever is asked is answered.
    init(
        as person: Person,
        on server: SSHServer,
        password: String? = nil,
        code: String,
        options: [String] = []
    ) throws {
        let answers = try TemporaryFolder()
        try answers.write(Self.program, to: "askpass", permissions: 0o700)
        try answers.write((password ?? person.password) + "\n", to: "password")
        try answers.write(code + "\n", to: "code")
        let command = try Command.run(
            Self.arguments(person, server, options) + ["echo let in as $(id -un)"],
            environment: [
                "ANSWERS": answers.url.path, "SSH_ASKPASS": answers.file("askpass").path,
                "SSH_ASKPASS_REQUIRE": "force",
            ]
        )
        outcome =
            switch (command.status, command.text) {
            case (0, "let in as \(person.name)\n"): .letIn
            case (255, "") where command.error.contains("Permission denied ("): .refused
            default: .other("status \(command.status): \(command.text)\(command.error)")
            }
        prompts = answers.text(of: "prompts").split(separator: "\n").map(String.init)
        messages = command.error
    }

    static func arguments(
        _ person: Person,
        _ server: SSHServer,
        _ options: [String] = []
    ) -> [String] {
        [
            "ssh", "-F", "none", "-T", "-p", "\(server.port)",
            "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
            "-o", "NumberOfPasswordPrompts=1", "-o", "IdentityAgent=none", "-o",
            "ConnectTimeout=20",
        ] + options + ["\(person.name)@127.0.0.1"]
    }
}
