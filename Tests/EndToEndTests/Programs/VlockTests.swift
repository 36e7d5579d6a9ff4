import System
import Testing
import Verification

/// vlock, which locks the terminal of an ordinary user.
@Suite struct VlockTests {
    /// Debian's is setuid root; where it is not, the module has to ask totp-helper.
    enum Program: CaseIterable {
        case setuid
        case ordinary

        func command(for person: Enrollee) throws -> [String] {
            guard self == .ordinary else { return ["vlock"] }
            let path = "/run/home/vlock-main-\(person.account.name)"
            _ = try Command.output(of: "install", "-m", "755", "/usr/sbin/vlock-main", path)
            return ["env", "VLOCK_MESSAGE=\(VlockTests.message)", path]
        }
    }

    private static let message = "Please press [ENTER] to unlock."

    private let site: Site

    init() throws { site = try Site.system() }

    /// A locked terminal at which somebody pressed a key.
    private func lock(_ program: Program, _ person: Enrollee) throws -> PseudoTerminal {
        let terminal = try PseudoTerminal(
            arguments: [
                "setpriv", "--reuid=\(person.account.uid)", "--regid=\(person.account.group)",
                "--clear-groups",
            ] + program.command(for: person)
        )
        try terminal.waitFor(Self.message)
        try terminal.waitUntilAsleep()
        try terminal.type("")
        return terminal
    }

    private func answer(_ person: Enrollee, _ code: String, at terminal: PseudoTerminal) throws {
        try terminal.waitFor("\(person.account.name)'s Password: ")
        try terminal.waitUntilAsleep()
        try terminal.type(Accounts.password)
        try terminal.waitFor("Verification code: ")
        try terminal.waitUntilAsleep()
        try terminal.type(code)
    }

    @Test(arguments: Program.allCases)
    func `the right code unlocks`(program: Program) throws {
        let person = try site.enroll()
        let terminal = try lock(program, person)
        try answer(person, person.code(), at: terminal)
        #expect(try terminal.waitForExit() == 0)
        #expect(try site.login(person, person.code()).code == Answer.refused)
    }

    @Test(arguments: Program.allCases)
    func `a wrong code does not unlock, and is charged`(program: Program) throws {
        let person = try site.enroll()
        let terminal = try lock(program, person)
        try answer(person, person.wrongCode, at: terminal)
        // It asks for root's next, who may unlock everything.
        try terminal.waitFor("vlock: Authentication failure")
        try terminal.waitFor("root's Password: ")
        #expect(try site.state(of: person).throttle.charged == 1)
    }
}
