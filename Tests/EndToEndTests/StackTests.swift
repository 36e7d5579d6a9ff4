import Foundation
import Testing

/// What the line in the PAM stack says.
@Suite struct `the PAM stack's line` {
    @Test func `without nullok, somebody who is not enrolled is asked and refused`() throws {
        let person = try Person(named: "newcomer")
        let login = try SSHLogin(as: person, on: SSHServer(.passwordAndCode), code: "123456")
        #expect(login.outcome == .refused)
        #expect(login.wasAskedForCode)
        #expect(
            try SystemLog.lines(about: "refused user=newcomer ")
                .allSatisfy { $0.hasSuffix(#"reason="not enrolled""#) }
        )
    }

    @Test func `with nullok, somebody who is not enrolled gets in with the password alone`() throws
    {
        let person = try Person(named: "exempt")
        let server = try SSHServer(.passwordAndCodeIfEnrolled)
        let login = try SSHLogin(as: person, on: server, code: "123456")
        #expect(login.outcome == .letIn)
        #expect(!login.wasAskedForCode)
        #expect(
            try SSHLogin(as: person, on: server, password: "not it", code: "123456").outcome
                == .refused
        )
    }

    @Test func `with nullok, somebody who is enrolled needs the code`() throws {
        let person = try Person(named: "enrolled")
        let authenticator = try person.enroll()
        let server = try SSHServer(.passwordAndCodeIfEnrolled)
        let wrong = try authenticator.wrongCode()
        #expect(try SSHLogin(as: person, on: server, code: wrong).outcome == .refused)
        #expect(
            try SSHLogin(as: person, on: server, code: authenticator.code()).outcome == .letIn
        )
    }

    @Test func `with nullok, a store that cannot be read denies`() throws {
        let person = try Person(named: "unreadable")
        let authenticator = try person.enroll()
        let uid = try Command.output(of: "id", "-u", person.name).dropLast()
        let record = "/var/lib/pam-totp/users/\(uid)/enrollment"
        try Data("damaged\n".utf8).write(to: URL(fileURLWithPath: record))
        let server = try SSHServer(.passwordAndCodeIfEnrolled)
        #expect(
            try SSHLogin(as: person, on: server, code: authenticator.code()).outcome == .refused
        )
        _ = try SystemLog.lines(about: "failed user=unreadable ")
    }

    @Test func `an unknown option denies everybody and is logged`() throws {
        let person = try Person(named: "mistaken")
        let code = try person.enroll().code()
        let login = try SSHLogin(as: person, on: SSHServer(.unknownOption), code: code)
        #expect(login.outcome == .refused)
        #expect(!login.wasAskedForCode)
        _ = try SystemLog.lines(about: #"reason="unknown option 'no_such_option'""#)
        let server = try SSHServer(.passwordAndCode)
        #expect(try SSHLogin(as: person, on: server, code: code).outcome == .letIn)
    }

    @Test func `with conf=, the configuration that it names holds, and no other`() throws {
        let person = try Person(named: "elsewhere")
        let other = "store = /run/other-store\nkey_file = /run/other-key\n"
        try Data(other.utf8).write(to: URL(fileURLWithPath: Stack.configurationPath))
        _ = try Command.output(of: "totp-admin", "init", "--conf", Stack.configurationPath)
        let there = try person.enroll("--conf", Stack.configurationPath)
        let here = try person.enroll()
        let server = try SSHServer(.otherConfiguration)
        #expect(try SSHLogin(as: person, on: server, code: here.code()).outcome == .refused)
        #expect(try SSHLogin(as: person, on: server, code: there.code()).outcome == .letIn)
    }
}
