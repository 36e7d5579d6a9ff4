import Foundation
import TerminalPicture
import Testing

/// Enrollment at a terminal, as the person with the phone sees it.
@Suite struct `enrollment at a terminal` {
    @Test(arguments: Theme.allCases)
    func `the QR code is read off a dark and off a light terminal`(theme: Theme) throws {
        let person = try Person(named: "scan-\(theme)")
        let terminal = try person.enrollment(["--issuer", "Example Org"])
        let authenticator = try Authenticator(shownOn: terminal, theme: theme)
        #expect(
            authenticator.uri
                == "otpauth://totp/Example%20Org:\(person.name)?secret=\(authenticator.secret)"
                + "&issuer=Example%20Org&algorithm=SHA1&digits=6&period=30"
        )
        #expect(terminal.text.contains(person.name))
        try terminal.type(authenticator.code())
        #expect(try terminal.waitForExit() == 0)
    }

    @Test func `the secret is shown to be typed, in groups of four`() throws {
        let person = try Person(named: "typist")
        let terminal = try person.enrollment()
        let secret = try Authenticator(shownOn: terminal).secret
        let groups = terminal.text.matches(of: /\b[A-Z2-7]{4}\b/).map { String($0.output) }
        #expect(groups.suffix(secret.count / 4).joined() == secret)
    }

    @Test func `nothing is saved until a code is right, and the right one is never shown`() throws {
        let person = try Person(named: "careful")
        let terminal = try person.enrollment()
        let authenticator = try Authenticator(shownOn: terminal)
        try terminal.type(authenticator.wrongCode())
        try terminal.waitFor("The code that the app shows: ")
        #expect(try person.status("enrolled") == false)
        for steps in -2...2 {
            #expect(!terminal.text.contains(try authenticator.code(stepsFromNow: steps)))
        }
        try terminal.type(authenticator.code())
        #expect(try terminal.waitForExit() == 0)
        #expect(try person.status("enrolled") == true)
    }

    /// A wrong time zone shows as whole hours.
    @Test(arguments: [(-10, "5 min ago"), (6, "in 3 min"), (-720, "6 h ago")])
    func `the code of another time is told apart`(steps: Int, when: String) throws {
        let person = try Person(named: "untimely-\(steps.magnitude)")
        let terminal = try person.enrollment()
        let authenticator = try Authenticator(shownOn: terminal)
        try terminal.type(authenticator.code(stepsFromNow: steps))
        try terminal.waitFor("That is the code of \(when):")
        try terminal.type(authenticator.code())
        #expect(try terminal.waitForExit() == 0)
    }

    @Test func `hanging up before a code is right saves nothing`() throws {
        let person = try Person(named: "hesitant")
        let terminal = try person.enrollment()
        terminal.hangUp()
        #expect(try terminal.waitForExit() != 0)
        #expect(try person.status("enrolled") == false)
    }
}
