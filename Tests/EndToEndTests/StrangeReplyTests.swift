import Testing

/// Replies that are no codes, and none at all.
///
/// Nothing of it is charged to the owner.
@Suite struct `strange replies` {
    @Test(arguments: StrangeReply.all)
    func `a reply that is no code is refused and not charged`(reply: StrangeReply) throws {
        let person = try Person(named: reply.name)
        let authenticator = try person.enroll()
        let server = try SSHServer(.passwordAndCode)
        #expect(try SSHLogin(as: person, on: server, code: reply.text).outcome == .refused)
        #expect(try person.status("wrong_codes_since_last_login") == 0)
        #expect(
            try SystemLog.lines(about: "refused user=\(person.name) ")
                .allSatisfy { $0.hasSuffix(#"reason="not a code""#) }
        )
        #expect(
            try SSHLogin(as: person, on: server, code: authenticator.code()).outcome == .letIn
        )
    }

    /// ssh and sshd cut a line at 1,023 bytes; this is what another client could send.
    @Test func `a reply of 10,000 bytes is refused, whatever it begins with`() throws {
        let person = try Person(named: "endless")
        let authenticator = try person.enroll()
        let code = try authenticator.code()
        let reply = code + String(repeating: " ", count: 10000 - code.count)
        #expect(try authenticate(person, reply: reply) == Answer.refused)
        #expect(try person.status("wrong_codes_since_last_login") == 0)
        #expect(try authenticate(person, reply: code) == Answer.success)
        #expect(try authenticate(person, reply: code) == Answer.refused)
    }

    @Test func `a client that hangs up at the prompt uses nothing up and holds nothing`() throws {
        let person = try Person(named: "gone")
        let code = try person.enroll().code()
        let server = try SSHServer(.passwordAndCode)
        let terminal = try PseudoTerminal(arguments: SSHLogin.arguments(person, server))
        try terminal.waitFor("Password: ")
        try terminal.type(person.password)
        try terminal.waitFor("Verification code: ")
        terminal.hangUp()
        #expect(try terminal.waitForExit() != 0)
        #expect(try SSHLogin(as: person, on: server, code: code).outcome == .letIn)
        #expect(try person.status("wrong_codes_since_last_login") == 0)
    }

    /// What pam_authenticate returns; ssh and su cut long lines short.
    private func authenticate(_ person: Person, reply: String) throws -> Int? {
        let login = [PAMLogin.path, "/etc/pam.d", Stack.codeAlone.rawValue, person.name, reply]
        return Answer(Substring(try Command.run(login).text.trimmed))?.code
    }
}

/// A reply, with a name for it and for who gives it.
struct StrangeReply: CustomTestStringConvertible {
    let name: String
    let text: String

    var testDescription: String { name }

    static let all = [
        StrangeReply(name: "empty", text: ""),
        StrangeReply(name: "blanks", text: "      "),
        StrangeReply(name: "wordy", text: "let me in"),
        StrangeReply(name: "nine-digits", text: "123456789"),
        StrangeReply(name: "ten-thousand", text: String(repeating: "1", count: 10000)),
    ]
}
