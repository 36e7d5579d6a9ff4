import Foundation

/// Answers whatever a real ssh client asks, which it does through the environment.
struct SSHAnswers {
    private let folder: TemporaryFolder

    private static let program = """
        #!/bin/sh
        printf '%s\\n' "$1" >>"$ANSWERS/prompts"
        case $1 in
        *"Verification code: ") exec cat "$ANSWERS/code" ;;
        *assword:*) exec cat "$ANSWERS/password" ;;
        *) exit 1 ;;
        esac

        """

    init(password: String, code: String) throws {
        folder = try TemporaryFolder()
        try folder.write(Self.program, to: "askpass", permissions: 0o700)
        try folder.write(password + "\n", to: "password")
        try folder.write(code + "\n", to: "code")
    }

    var environment: [String: String] {
        [
            "ANSWERS": folder.url.path, "SSH_ASKPASS": folder.file("askpass").path,
            "SSH_ASKPASS_REQUIRE": "force",
        ]
    }

    /// What was asked, in order.
    var prompts: [String] {
        folder.text(of: "prompts").split(separator: "\n").map(String.init)
    }
}
