import Foundation
import System

/// totp-admin as somebody at a terminal has it.
struct AdminSession {
    let status: Int32
    let text: String

    /// Runs it to its end, typing what is given as each question is asked.
    init(
        _ arguments: [String],
        at site: Site,
        answers: [(question: String, line: String)] = []
    ) throws {
        let terminal = try Self.start(arguments, at: site)
        for answer in answers {
            try terminal.waitFor(answer.question)
            try terminal.type(answer.line)
        }
        status = try terminal.waitForExit()
        text = terminal.text.replacing("\r\n", with: "\n")
    }

    /// Runs it to its end, typing each line when a question is asked and nothing is shown any more;
    /// the text is as the terminal got it.
    static func typingUnseen(
        _ lines: [String],
        to arguments: [String],
        at site: Site
    ) throws -> (status: Int32, text: String) {
        let terminal = try start(arguments, at: site)
        for line in lines {
            try terminal.waitFor(": ")
            try terminal.waitUntilHidden()
            try terminal.type(line)
        }
        let status = try terminal.waitForExit()
        return (status, terminal.text)
    }

    static func start(_ arguments: [String], at site: Site) throws -> PseudoTerminal {
        try PseudoTerminal(
            arguments: ["totp-admin"] + arguments + ["--conf", "\(site.folder)/totp.conf"]
        )
    }

    /// The recovery codes that were shown.
    var recoveryCodes: [String] {
        text.matches(of: /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/).map { String($0.output) }
    }
}

extension Enrollee {
    /// The login name, as it is typed.
    var name: String { account.name.description }
}
