import Testing

/// What the administrator reads, and what nobody may.
@Suite struct `the log` {
    @Test func `a refusal says who, from where, at which service and why`() throws {
        let person = try Person(named: "logged")
        let authenticator = try person.enroll()
        let server = try SSHServer(.passwordAndCode)
        let login = try SSHLogin(as: person, on: server, code: authenticator.wrongCode())
        #expect(login.outcome == .refused)
        let line = try SystemLog.lines(about: "user=logged ")[0]
        // Whether this host's clock is synchronised is said behind it.
        #expect(
            line.contains(
                #"pam_totp(sshd:auth): refused user=logged rhost=127.0.0.1 service=sshd tty=ssh authenticator="" reason="wrong code"#
            )
        )
        // Facility authpriv (10), severity notice (5): syslog(3).
        #expect(line.hasPrefix("<85>"))
    }

    @Test func `a login says with which authenticator`() throws {
        let person = try Person(named: "welcome")
        let authenticator = try person.enroll("--name", "phone")
        let server = try SSHServer(.passwordAndCode)
        #expect(
            try SSHLogin(as: person, on: server, code: authenticator.code()).outcome == .letIn
        )
        let line = try SystemLog.lines(about: "user=welcome ")[0]
        #expect(
            line.hasSuffix(
                #"accepted user=welcome rhost=127.0.0.1 service=sshd tty=ssh authenticator="phone" reason="code""#
            )
        )
    }

    @Test func `no log holds a password, a code or a secret`() throws {
        let person = try Person(named: "private")
        let authenticator = try person.enroll()
        let server = try SSHServer(.passwordAndCode)
        let code = try authenticator.code()
        let wrong = try authenticator.wrongCode()
        let typed = [code, wrong, authenticator.recoveryCodes[0], "no code at all"]
        for reply in typed { _ = try SSHLogin(as: person, on: server, code: reply) }
        _ = try SSHLogin(as: person, on: server, password: "a wrong password", code: code)
        _ = try SystemLog.lines(about: "user=private ", count: typed.count)
        let log = try SystemLog.shared.get().lines.joined(separator: "\n") + server.log
        let secrets = typed + [person.password, "a wrong password", authenticator.secret]
        for secret in secrets { #expect(!log.contains(secret)) }
    }

    @Test func `a name that is nobody's is not logged by the module`() throws {
        let server = try SSHServer(.codeAlone)
        let name = "hunter2-typed-as-a-name"
        let nobody = try Person(named: "someone").renamed(to: name)
        #expect(try SSHLogin(as: nobody, on: server, code: "123456").outcome == .refused)
        let lines = try SystemLog.lines(about: #"reason="unknown user""#)
        #expect(lines.allSatisfy { !$0.contains(name) })
    }
}
