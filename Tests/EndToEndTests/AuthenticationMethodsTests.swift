import Foundation
import Testing

/// sshd's AuthenticationMethods, one by one.
@Suite struct `sshd's authentication methods` {
    @Test func `method password cannot ask for a code, so it lets nobody in and charges nothing`()
        throws
    {
        let person = try Person(named: "plain")
        let authenticator = try person.enroll()
        let server = try SSHServer(.passwordAndCode, methods: "password")
        let login = try SSHLogin(as: person, on: server, code: authenticator.code())
        #expect(login.outcome == .refused)
        #expect(login.prompts == ["plain@127.0.0.1's password: "])
        #expect(
            try SystemLog.lines(about: "refused user=plain ")
                .allSatisfy { $0.hasSuffix(#"reason="not a code""#) }
        )
        #expect(try person.status("wrong_codes_since_last_login") == 0)
    }

    /// Clients prefer keyboard-interactive.
    ///
    /// One that tries password first is out of luck for that connection, with pam_unix alone too:
    /// sshd 9.2 then sets the credentials through the handle with which the password was refused.
    @Test func `where sshd offers password too, a client gets in by keyboard-interactive`() throws {
        let person = try Person(named: "both")
        let authenticator = try person.enroll()
        let server = try SSHServer(
            .passwordAndCode,
            methods: "password keyboard-interactive:pam"
        )
        let login = try SSHLogin(as: person, on: server, code: authenticator.code())
        #expect(login.outcome == .letIn)
        #expect(
            login.prompts == [
                "(both@127.0.0.1) Password: ", "(both@127.0.0.1) Verification code: ",
            ]
        )
    }

    @Test func `password and then keyboard-interactive lets nobody in without a code`() throws {
        let person = try Person(named: "chained")
        let authenticator = try person.enroll()
        let server = try SSHServer(
            .passwordAndCode,
            methods: "password,keyboard-interactive:pam"
        )
        let login = try SSHLogin(as: person, on: server, code: authenticator.code())
        #expect(login.outcome == .refused)
        #expect(!login.wasAskedForCode)
    }

    @Test func `a key and the code let in, a key and a wrong code do not`() throws {
        let person = try Person(named: "keyed")
        let authenticator = try person.enroll()
        let key = try Key(for: person)
        let server = try SSHServer(.codeAlone, methods: "publickey,keyboard-interactive:pam")
        let wrong = try SSHLogin(
            as: person,
            on: server,
            code: authenticator.wrongCode(),
            options: key.options
        )
        #expect(wrong.outcome == .refused)
        let login = try SSHLogin(
            as: person,
            on: server,
            code: authenticator.code(),
            options: key.options
        )
        #expect(login.outcome == .letIn)
        #expect(login.prompts == ["(keyed@127.0.0.1) Verification code: "])
    }

    @Test func `the code without the key is not even asked for`() throws {
        let person = try Person(named: "keyless")
        let authenticator = try person.enroll()
        let server = try SSHServer(.codeAlone, methods: "publickey,keyboard-interactive:pam")
        let login = try SSHLogin(as: person, on: server, code: authenticator.code())
        #expect(login.outcome == .refused)
        #expect(login.prompts.isEmpty)
    }

    @Test func `with nullok, somebody who is not enrolled gets in with the key alone`() throws {
        let person = try Person(named: "keyonly")
        let key = try Key(for: person)
        let server = try SSHServer(
            .codeAloneIfEnrolled,
            methods: "publickey,keyboard-interactive:pam"
        )
        let login = try SSHLogin(as: person, on: server, code: "123456", options: key.options)
        #expect(login.outcome == .letIn)
        #expect(login.prompts.isEmpty)
    }
}

/// A key that lets somebody in.
private struct Key {
    let folder = Result { try TemporaryFolder() }
    let options: [String]

    init(for person: Person) throws {
        let path = try folder.get().file("key").path
        _ = try Command.output(of: "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path)
        try SSHServer.authorize(folder.get().text(of: "key.pub"), for: person)
        options = ["-i", path, "-o", "IdentitiesOnly=yes"]
    }
}
