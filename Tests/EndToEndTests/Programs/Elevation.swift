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
    static let status: Int32 = 42

    /// What that command leaves behind: su without stderr exits with 1 whatever happened.
    private func mark(of person: Person) -> String { "/run/tmp/let-in-\(person.name)" }

    /// Everybody may use sudo, which asks once.
    private static let sudoers = Result {
        let lines = "Defaults passwd_tries=1\nALL ALL=(ALL:ALL) ALL\n"
        try Data(lines.utf8).write(to: URL(fileURLWithPath: "/etc/sudoers.d/everybody"))
    }

    /// To be called before anything that runs sudo by another way than this.
    static func allowSudo() throws { try sudoers.get() }

    /// `su` to the person, by somebody else; `sudo` by the person, whatever it remembers.
    private func command(of person: Person) throws -> (caller: String, [String]) {
        let script = "true >\(mark(of: person)); exit \(Self.status)"
        switch self {
        case .su:
            let command = ["/usr/bin/su", person.name, "-c", script]
            return (try Accounts.make().name.description, command)
        case .sudo:
            try Self.allowSudo()
            let command = ["/usr/bin/sudo", "-k", "/bin/sh", "-c", script]
            return (person.name, command)
        }
    }

    /// Starts it at a terminal, by way of the command `wrapper`.
    func start(_ person: Person, under wrapper: [String] = []) throws -> PseudoTerminal {
        let (caller, command) = try command(of: person)
        return try PseudoTerminal(
            arguments: [
                "setpriv", "--reuid=\(caller)", "--regid=users", "--clear-groups",
            ] + wrapper + command
        )
    }

    /// Answers what is asked, as far as it gets.
    func run(
        _ person: Person,
        code: String,
        in surroundings: Surroundings? = nil
    ) throws -> Outcome {
        let terminal = try start(person, under: surroundings?.wrapper ?? [])
        do {
            if self == .su, surroundings?.isBlind == true {
                try answerBlindly(person, code, at: terminal)
            } else {
                try answer(person, code, at: terminal)
            }
        } catch is Failure {
            // It ended before, which the exit status tells.
        }
        let status = try terminal.waitForExit()
        let hasLeftMark = unlink(mark(of: person)) == 0
        return Outcome(isLetIn: status == Self.status || hasLeftMark, text: terminal.text)
    }

    /// Answers both questions, in the words of su and of sudo.
    func answer(_ person: Person, _ code: String, at terminal: PseudoTerminal) throws {
        try answerPassword(person, at: terminal)
        try terminal.type(code)
    }

    /// Answers the first question, and waits for the one for the code.
    func answerPassword(_ person: Person, at terminal: PseudoTerminal) throws {
        try terminal.waitFor(self == .su ? "Password: " : "password for \(person.name): ")
        try terminal.type(person.password)
        try terminal.waitFor("Verification code: ")
    }

    /// What is typed before su asks is thrown away, and that it asks again is not shown: so this types
    /// the code until somebody has heard it.
    private func answerBlindly(
        _ person: Person,
        _ code: String,
        at terminal: PseudoTerminal
    ) throws {
        try terminal.waitUntilHidden()
        try terminal.type(person.password)
        while !terminal.hasEnded {
            try terminal.type(code)
            usleep(50_000)
        }
    }
}
