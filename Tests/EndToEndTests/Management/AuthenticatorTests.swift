import Foundation
import OTP
import System
import TerminalPicture
import Testing
import Verification

/// Several authenticators a person: adding, renaming, showing and removing them at a terminal.
@Suite struct `authenticators managed at a terminal` {
    private let site: Site
    private let person: Enrollee

    init() throws {
        site = try Site(settings: "issuer = Example Org")
        person = try site.enroll()
    }

    private func session(_ arguments: String...) throws -> AdminSession {
        try AdminSession(arguments, at: site)
    }

    @Test func `a second one is added, and the recovery codes stay as they are`() throws {
        let terminal = try AdminSession.start(
            ["enroll", person.name, "--name", "tablet"],
            at: site
        )
        try terminal.waitFor("The code that the app shows: ")
        let tablet = try Authenticator(shownOn: terminal)
        try terminal.type(tablet.code())
        #expect(try terminal.waitForExit() == 0)
        #expect(
            terminal.text.contains("'tablet' is added to the authenticators of \(person.name).")
        )
        #expect(!terminal.text.contains(/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/))
        for reply in [person.code(), try tablet.code(stepsFromNow: 1), person.recoveryCodes[0]] {
            #expect(try site.login(person, reply).code == Answer.success)
        }
    }

    @Test func `another name changes nothing but the name`() throws {
        #expect(try site.login(person, person.code()).code == Answer.success)
        let renamed = try session("rename", person.name, "--name", "app", "--to", "old phone")
        #expect(renamed.status == 0)
        #expect(renamed.text == "'app' of \(person.name) is called 'old phone' now\n")
        #expect(try site.login(person, person.code()).code == Answer.refused)
        #expect(try site.login(person, person.code(1)).code == Answer.success)
        let lines = try SystemLog.lines(about: "user=\(person.name) ", count: 3)
        #expect(lines[0].contains(": accepted ") && lines[0].contains("authenticator=\"app\""))
        #expect(lines[2].contains("authenticator=\"old\\x20phone\""))
    }

    @Test func `nothing is shown again before --reveal is given`() throws {
        let session = try session("show", person.name)
        #expect(session.status == 64)
        #expect(session.text.hasPrefix("totp-admin: this shows a secret "))
        #expect(session.text.contains("--reveal"))
        #expect(session.text.count { $0 == "\n" } == 1)
        #expect(!session.text.contains(secret.prefix(4)))
    }

    @Test func `what is shown again is the same authenticator`() throws {
        let terminal = try AdminSession.start(["show", person.name, "--reveal"], at: site)
        #expect(try terminal.waitForExit() == 0)
        let shown = try Authenticator(shownOn: terminal)
        #expect(
            shown.uri
                == "otpauth://totp/Example%20Org:\(person.name)?secret=\(secret)"
                + "&issuer=Example%20Org&algorithm=SHA1&digits=6&period=30"
        )
        #expect(terminal.text.contains(secret.prefix(4)))
        #expect(try site.login(person, shown.code()).code == Answer.success)
    }

    @Test func `a counter-based one is shown with the counter that comes next`() throws {
        let token = try site.enroll(.hotp(), next: 41)
        let terminal = try AdminSession.start(["show", token.name, "--reveal"], at: site)
        #expect(try terminal.waitForExit() == 0)
        #expect(try Authenticator(shownOn: terminal).uri.hasSuffix("&digits=6&counter=41"))
    }

    @Test func `removing one spares the rest, removing the last takes the recovery codes`() throws {
        _ = try Command.output(
            of: "totp-admin",
            "enroll",
            person.name,
            "--name",
            "tablet",
            "--no-confirm",
            "--conf",
            "\(site.folder)/totp.conf"
        )
        let first = try session("remove", person.name, "--name", "tablet")
        #expect(
            first.text
                == "removed 'tablet'; \(person.name) has 1 left; recovery codes left: 10\n"
        )
        #expect(try site.login(person, person.recoveryCodes[0]).code == Answer.success)
        let last = try session("remove", person.name)
        #expect(
            last.text == "\(person.name) is no longer enrolled; the recovery codes are gone, too\n"
        )
        #expect(try site.login(person, person.recoveryCodes[1]).code == Answer.refused)
        #expect(try site.login(person, "", service: "nullok").code == Answer.success)
    }

    private var secret: String { Base32.encode(person.authenticator.secret).description }
}
