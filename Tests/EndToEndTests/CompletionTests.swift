import Foundation
import Testing

/// What bash, zsh and fish complete for whoever types a totp-admin command.
@Suite struct CompletionTests {
    enum Shell: String, CaseIterable {
        case bash, zsh, fish

        /// How it is started with nothing of anybody's, and what makes it load the script.
        fileprivate var arguments: [String] {
            switch self {
            case .bash: ["bash", "--noprofile", "--norc", "-i"]
            case .zsh: ["zsh", "-f", "-i"]
            case .fish: ["fish", "--no-config", "-i"]
            }
        }

        /// Loads the script from `folder`, and says when that is done.
        fileprivate func load(from folder: String) -> String {
            switch self {
            case .bash:
                ". /usr/share/bash-completion/bash_completion; . \(folder)/_totp-admin; echo rea''dy"
            case .zsh:
                "fpath+=(\(folder)); autoload -U compinit; compinit -u; echo rea''dy"
            case .fish: "source \(folder)/_totp-admin; echo rea''dy"
            }
        }
    }

    @Test(arguments: Shell.allCases)
    func `commands, options, users and authenticators are completed`(shell: Shell) throws {
        let person = try Person(named: "\(shell.rawValue)-typist")
        _ = try person.enroll("--name", "wristwatch")
        let folder = try TemporaryFolder()
        let script = try Command.output(
            of: "totp-admin",
            "--generate-completion-script",
            shell.rawValue
        )
        try folder.write(script, to: "_totp-admin")

        let terminal = try PseudoTerminal(arguments: shell.arguments)
        // bash and zsh throw away what is typed before their prompt.
        if shell != .fish { try terminal.waitFor("# ") }
        try terminal.type(shell.load(from: folder.url.path))
        try terminal.waitFor("ready")
        for (typed, completed) in [
            ("rename-u", "ser"), ("show --re", "veal"), ("status \(shell.rawValue)-ty", "pist"),
            ("show \(person.name) --name wri", "stwatch"),
        ] {
            // In a line of its own: Ctrl-U.
            try terminal.press("\u{15}totp-admin \(typed)\t")
            try terminal.waitFor(completed)
        }
        // Somebody who has none is no reason for a message.
        try terminal.press("\u{15}totp-admin show nobody --name wri\t\u{15}")
        try terminal.type("echo do''ne")
        try terminal.waitFor("done")
        #expect(!terminal.text.contains("totp-admin:"))
        try terminal.type("exit")
        _ = try terminal.waitForExit()
    }
}
