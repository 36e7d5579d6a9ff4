import Foundation
import OTP
import Testing
import Verification

/// ssh logins that end while the prompt for the code is shown.
@Suite struct AbandonedLoginTests {
    private let site: Site
    private let enrollee: Enrollee
    private let person: Person

    init() throws {
        site = try Site.system()
        enrollee = try site.enroll(.totp(period: 300))
        person = Person(enrollee)
    }

    /// What sshd calls its processes that work for the person.
    private func sessions() throws -> [String] {
        let title = "sshd: \(person.name) ["
        return try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap {
            guard let line = FileManager.default.contents(atPath: "/proc/\($0)/cmdline") else {
                return nil
            }
            let text = String(decoding: line, as: UTF8.self)
            return text.hasPrefix(title) ? text : nil
        }
    }

    /// An ssh client that shows the prompt for the code.
    private func client(of server: SSHServer) throws -> PseudoTerminal {
        let terminal = try PseudoTerminal(arguments: SSHLogin.arguments(person, server))
        try terminal.waitFor("Password: ")
        try terminal.type(person.password)
        try terminal.waitFor("Verification code: ")
        // The monitor, the one that talks to the client, and the one that asks.
        #expect(try sessions().count == 3)
        return terminal
    }

    private func waitForTheEnd() throws {
        let deadline = Date(timeIntervalSinceNow: 20)
        while try !sessions().isEmpty, Date() < deadline { usleep(20000) }
        #expect(try sessions() == [])
    }

    private func expectNothingHappened(code: String) throws {
        let state = try site.state(of: enrollee)
        #expect(state.throttle.charged == 0)
        #expect(state.wrongSinceSuccess == 0)
        let server = try SSHServer(.passwordAndCode)
        #expect(try SSHLogin(as: person, on: server, code: code).outcome == .letIn)
    }

    @Test func `a client that is gone uses nothing up and leaves nothing behind`() throws {
        let server = try SSHServer(.passwordAndCode)
        let code = enrollee.code()
        try client(of: server).hangUp()
        try waitForTheEnd()
        try expectNothingHappened(code: code)
    }

    @Test func `a login whose time is up uses nothing up and leaves nothing behind`() throws {
        let server = try SSHServer(.passwordAndCode, settings: "LoginGraceTime 5")
        let code = enrollee.code()
        let terminal = try client(of: server)
        try waitForTheEnd()
        // The client notices only now.
        try terminal.type(code)
        #expect(try terminal.waitForExit() == 255)
        try expectNothingHappened(code: code)
    }
}
