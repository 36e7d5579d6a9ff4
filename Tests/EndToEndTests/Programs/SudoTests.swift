import OTP
import System
import Testing
import Verification

/// sudo at a terminal.
@Suite struct `sudo at a terminal` {
    private let site: Site

    init() throws {
        site = try Site.system()
        try Elevation.allowSudo()
    }

    @Test func `it asks for password and code, and how long it remembers them is its own`() throws {
        let person = try site.enroll(.totp(period: 300))
        let script = """
            sudo echo first && sudo -n echo second &&
            sudo -k && ! sudo -n echo third && sudo echo fourth
            """
        let terminal = try PseudoTerminal(
            "setpriv",
            "--reuid=\(person.account.name)",
            "--regid=users",
            "--clear-groups",
            "sh",
            "-c",
            script
        )
        try Elevation.sudo.answer(Person(person), person.code(), at: terminal)
        try terminal.waitFor("first")
        try terminal.waitFor("second")
        try terminal.waitFor("a password is required")
        try Elevation.sudo.answer(Person(person), person.code(1), at: terminal)
        try terminal.waitFor("fourth")
        #expect(try terminal.waitForExit() == 0)
        #expect(!terminal.text.contains("third"))
    }

    @Test func `a wrong code is refused and charged, and the right one then lets in`() throws {
        let person = try site.enroll()
        let terminal = try Elevation.sudo.start(Person(person))
        try Elevation.sudo.answer(Person(person), person.wrongCode, at: terminal)
        #expect(try terminal.waitForExit() == 1)
        #expect(terminal.text.contains("sudo: 1 incorrect password attempt"))
        #expect(try site.state(of: person).throttle.charged == 1)
        #expect(try Elevation.sudo.run(Person(person), code: person.code()).isLetIn)
    }

    @Test func `a code that let in once does not again, at su either`() throws {
        let person = try site.enroll(.totp(period: 300))
        let code = person.code()
        #expect(try Elevation.sudo.run(Person(person), code: code).isLetIn)
        for program in Elevation.allCases {
            #expect(try !program.run(Person(person), code: code).isLetIn)
        }
        #expect(try site.state(of: person).throttle.charged == 0)
    }

    @Test func `a wrong password is refused without a question for the code`() throws {
        let person = try site.enroll()
        let terminal = try Elevation.sudo.start(Person(person))
        try terminal.waitFor("[sudo] password for \(person.account.name): ")
        try terminal.type("not it")
        #expect(try terminal.waitForExit() == 1)
        #expect(!terminal.text.contains("Verification code: "))
    }
}
