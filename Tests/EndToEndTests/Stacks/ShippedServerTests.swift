import Foundation
import Testing

/// The example stacks for sshd, as a whole: a real sshd, from the password to the session.
@Suite struct `the example stacks of sshd` {
    @Test func `password and code, one after the other, let in`() throws {
        let stack = ShippedStack(name: "sshd", question: .passwordThenCode)
        let person = try Person(named: "whole-sshd")
        let code = try person.enroll().code()
        let server = try SSHServer(stack)
        let login = try SSHLogin(as: person, on: server, code: code)
        #expect(login.outcome == .letIn)
        #expect(login.prompts.count == 2)
        #expect(try SSHLogin(as: person, on: server, code: code).outcome == .refused)
    }

    @Test func `password and code, as the password that a client asks for, let in`() throws {
        let stack = ShippedStack(name: "sshd-password", question: .together)
        let person = try Person(named: "whole-password")
        let code = try person.enroll().code()
        let server = try SSHServer(stack)
        let password = person.password + code
        let login = try SSHLogin(as: person, on: server, password: password, code: "")
        #expect(login.outcome == .letIn)
        #expect(login.prompts == ["whole-password@127.0.0.1's password: "])
        let again = try SSHLogin(as: person, on: server, password: password, code: "")
        #expect(again.outcome == .refused)
    }
}

extension SSHServer {
    /// An sshd with an example stack, and with what the stack's own comment says of sshd_config.
    convenience init(_ stack: ShippedStack) throws {
        let text = try stack.text
        let methods = try #require(text.firstMatch(of: /# +AuthenticationMethods (.+)\n/))
        try Sandbox.enter()
        let service = "example-\(stack.name)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: "/etc/pam.d/\(service)"))
        try self.init(service: service, methods: String(methods.1))
    }
}
