import Foundation
import Testing

/// `su` at a terminal, by somebody who is not root.
@Suite struct `su at a terminal` {
    @Test func `the right password and the right code let in, once`() throws {
        let person = try Person(named: "substitute")
        let code = try person.enroll().code()
        #expect(try su(to: person, code: code) == .letIn)
        #expect(try su(to: person, code: code) == .refused)
        #expect(
            try SystemLog.lines(about: "refused user=substitute ")
                .allSatisfy { $0.contains("pam_totp(su:auth): ") }
        )
    }

    @Test func `a wrong code is refused`() throws {
        let person = try Person(named: "unlucky")
        let code = try person.enroll().wrongCode()
        #expect(try su(to: person, code: code) == .refused)
        #expect(try person.status("wrong_codes_since_last_login") == 1)
    }

    @Test func `a wrong password is refused without a question for the code`() throws {
        let person = try Person(named: "stranger")
        _ = try person.enroll()
        let terminal = try start(to: person)
        try terminal.waitFor("Password: ")
        try terminal.type("not it")
        #expect(try terminal.waitForExit() == 1)
        #expect(!terminal.text.contains("Verification code: "))
        #expect(terminal.text.contains("Authentication failure"))
    }

    @Test(arguments: [("silence", 0), ("flood", 10000)])
    func `a reply that is no code is refused and not charged`(name: String, length: Int) throws {
        let person = try Person(named: name)
        _ = try person.enroll()
        #expect(try su(to: person, code: String(repeating: "1", count: length)) == .refused)
        #expect(try person.status("wrong_codes_since_last_login") == 0)
    }

    @Test func `hanging up at the prompt uses nothing up`() throws {
        let person = try Person(named: "impatient")
        let code = try person.enroll().code()
        let terminal = try start(to: person)
        try terminal.waitFor("Password: ")
        try terminal.type(person.password)
        try terminal.waitFor("Verification code: ")
        terminal.hangUp()
        #expect(try terminal.waitForExit() != 0)
        #expect(try su(to: person, code: code) == .letIn)
    }

    private func start(to person: Person) throws -> PseudoTerminal {
        try PseudoTerminal(
            "setpriv",
            "--reuid=nobody",
            "--regid=nogroup",
            "--clear-groups",
            "su",
            person.name,
            "--command",
            "echo let in as $(id -un)"
        )
    }

    private func su(to person: Person, code: String) throws -> SSHLogin.Outcome {
        let terminal = try start(to: person)
        try terminal.waitFor("Password: ")
        try terminal.type(person.password)
        try terminal.waitFor("Verification code: ")
        try terminal.type(code)
        let status = try terminal.waitForExit()
        let text = terminal.text
        if status == 0, text.contains("let in as \(person.name)") { return .letIn }
        if status == 1, text.contains("Authentication failure") { return .refused }
        return .other("status \(status): \(text)")
    }
}
