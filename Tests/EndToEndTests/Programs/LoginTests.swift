import System
import Testing
import Verification

/// login(1), as getty starts it.
@Suite struct `login at a terminal` {
    private let site: Site

    init() throws { site = try Site.system() }

    private func start(_ person: Enrollee, code: String) throws -> PseudoTerminal {
        let terminal = try PseudoTerminal("login", "\(person.account.name)")
        try terminal.waitFor("Password: ")
        try terminal.type(Accounts.password)
        try terminal.waitFor("Verification code: ")
        try terminal.type(code)
        return terminal
    }

    @Test func `password and code let in`() throws {
        let person = try site.enroll()
        let terminal = try start(person, code: person.code())
        try terminal.waitFor("$ ")
        try terminal.type("echo let in as $(id -un); exit")
        try terminal.waitFor("let in as \(person.account.name)")
        #expect(try terminal.waitForExit() == 0)
    }

    @Test func `a wrong code is refused and charged, and then the right one lets in`() throws {
        let person = try site.enroll()
        let terminal = try start(person, code: person.wrongCode)
        try terminal.waitFor("Login incorrect")
        #expect(try site.state(of: person).throttle.charged == 1)
        try terminal.waitFor("login: ")
        try terminal.type("\(person.account.name)")
        try terminal.waitFor("Password: ")
        try terminal.type(Accounts.password)
        try terminal.waitFor("Verification code: ")
        try terminal.type(person.code())
        try terminal.waitFor("Wrong codes since your last login: 1.")
        try terminal.waitFor("$ ")
    }
}
