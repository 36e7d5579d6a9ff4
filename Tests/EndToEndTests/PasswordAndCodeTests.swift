import Testing

/// Password and code through sshd's keyboard-interactive, as the README recommends it.
@Suite struct `password and code through sshd` {
    let server: SSHServer

    init() throws { server = try SSHServer(.passwordAndCode) }

    @Test func `the right password and the right code let in`() throws {
        let person = try Person(named: "right")
        let authenticator = try person.enroll()
        let login = try SSHLogin(as: person, on: server, code: authenticator.code())
        #expect(login.outcome == .letIn)
        #expect(
            login.prompts == [
                "(right@127.0.0.1) Password: ", "(right@127.0.0.1) Verification code: ",
            ]
        )
    }

    @Test func `a wrong code is refused, and the owner is told at the next login`() throws {
        let person = try Person(named: "wrong")
        let authenticator = try person.enroll()
        let wrong = try SSHLogin(as: person, on: server, code: authenticator.wrongCode())
        #expect(wrong.outcome == .refused)
        let right = try SSHLogin(as: person, on: server, code: authenticator.code())
        #expect(right.outcome == .letIn)
        #expect(right.messages.contains("Wrong codes since your last login: 1."))
    }

    @Test func `a wrong password is refused without a question for the code`() throws {
        let person = try Person(named: "guesser")
        let authenticator = try person.enroll()
        let code = try authenticator.code()
        let wrong = try SSHLogin(as: person, on: server, password: "not it", code: code)
        #expect(wrong.outcome == .refused)
        #expect(!wrong.wasAskedForCode)
        #expect(try person.status("wrong_codes_since_last_login") == 0)
        #expect(try SSHLogin(as: person, on: server, code: code).outcome == .letIn)
    }

    @Test func `the same code twice lets in once`() throws {
        let person = try Person(named: "twice")
        let code = try person.enroll().code()
        #expect(try SSHLogin(as: person, on: server, code: code).outcome == .letIn)
        #expect(try SSHLogin(as: person, on: server, code: code).outcome == .refused)
        let refusals = try SystemLog.lines(about: "refused user=twice ")
        #expect(refusals.count == 1)
        #expect(refusals[0].hasSuffix(#"authenticator="app" reason="code already used""#))
    }

    @Test func `the code that confirmed the enrollment lets nobody in`() throws {
        let person = try Person(named: "confirmed")
        let terminal = try person.enrollment()
        let code = try Authenticator(shownOn: terminal).code()
        try terminal.type(code)
        #expect(try terminal.waitForExit() == 0)
        #expect(try SSHLogin(as: person, on: server, code: code).outcome == .refused)
    }

    @Test func `a code of two steps ago is refused, of one step ago is not`() throws {
        let person = try Person(named: "late")
        let terminal = try PseudoTerminal("totp-admin", "enroll", "late", "--no-confirm")
        #expect(try terminal.waitForExit() == 0)
        let authenticator = try Authenticator(shownOn: terminal)
        let old = try authenticator.code(stepsFromNow: -2)
        #expect(try SSHLogin(as: person, on: server, code: old).outcome == .refused)
        let refusals = try SystemLog.lines(about: "refused user=late ")
        #expect(refusals.last?.contains(#"reason="wrong code"#) == true)
        try Step.wait(forSecondsLeft: 10)
        let recent = try authenticator.code(stepsFromNow: -1)
        #expect(try SSHLogin(as: person, on: server, code: recent).outcome == .letIn)
    }

    @Test func `a recovery code lets in once, however it is typed, and is counted`() throws {
        let person = try Person(named: "lost")
        let codes = try person.enroll().recoveryCodes
        #expect(codes.count == 10)
        let first = try SSHLogin(as: person, on: server, code: codes[0])
        #expect(first.outcome == .letIn)
        #expect(first.messages.contains("You have used a recovery code. Codes left: 9."))
        #expect(try SSHLogin(as: person, on: server, code: codes[0]).outcome == .refused)
        let typed = codes[9].lowercased().replacing("-", with: " ")
        #expect(try SSHLogin(as: person, on: server, code: typed).outcome == .letIn)
        #expect(try person.status("recovery_codes_left") == 8)
    }

    @Test func `another person's code is refused`() throws {
        let person = try Person(named: "mine")
        let other = try Person(named: "theirs")
        _ = try person.enroll()
        let code = try other.enroll().code()
        #expect(try SSHLogin(as: person, on: server, code: code).outcome == .refused)
        #expect(try SSHLogin(as: other, on: server, code: code).outcome == .letIn)
    }
}
