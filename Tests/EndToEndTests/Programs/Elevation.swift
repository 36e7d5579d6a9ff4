import Foundation
import System

/// su and sudo, by which somebody who sits at a terminal becomes somebody else.
enum Elevation: CaseIterable {
    case su
    case sudo

    /// How it went.
    struct Outcome {
        let isLetIn: Bool
        let text: String
    }

    /// What the command that is run when somebody is let in exits with, and nothing else does.
    private static let status = 42

    /// Everybody may use sudo, which asks once.
    private static let sudoers = Result {
        let lines = "Defaults passwd_tries=1\nALL ALL=(ALL:ALL) ALL\n"
        try Data(lines.utf8).write(to: URL(fileURLWithPath: "/etc/sudoers.d/everybody"))
    }

    /// To be called before anything that runs sudo by another way than this.
    static func allowSudo() throws { try sudoers.get() }

    /// `su` to the person, by somebody else; `sudo` by the person, whatever it remembers.
    private func command(of person: Enrollee) throws -> (caller: Account, [String]) {
        switch self {
        case .su:
            let command = ["/usr/bin/su", "\(person.account.name)", "-c", "exit \(Self.status)"]
            return (try Accounts.make(), command)
        case .sudo:
            try Self.allowSudo()
            let command = ["/usr/bin/sudo", "-k", "/bin/sh", "-c", "exit \(Self.status)"]
            return (person.account, command)
        }
    }

    /// Starts it at a terminal, with `wrapper` run by the same caller before it.
    func start(_ person: Enrollee, under wrapper: [String] = []) throws -> PseudoTerminal {
        let (caller, command) = try command(of: person)
        return try PseudoTerminal(
            arguments: [
                "setpriv", "--reuid=\(caller.uid)", "--regid=\(caller.group)", "--clear-groups",
            ] + wrapper + command
        )
    }

    /// Answers what is asked, as far as it gets.
    func run(
        _ person: Enrollee,
        code: String,
        under wrapper: [String] = []
    ) throws -> Outcome {
        let terminal = try start(person, under: wrapper)
        do {
            try terminal.waitFor("assword")
            try terminal.waitFor(": ")
            try terminal.type(Accounts.password)
            try terminal.waitFor("Verification code: ")
            try terminal.type(code)
        } catch is Failure {
            // It ended before, which the exit status tells.
        }
        return Outcome(
            isLetIn: try terminal.waitForExit() == Self.status,
            text: terminal.text
        )
    }
}
