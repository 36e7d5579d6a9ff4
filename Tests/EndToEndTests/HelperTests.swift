import Foundation
import Testing

/// Programs that are not root, such as screen lockers: the module asks totp-helper.
@Suite struct HelperTests {
    private func login(
        as caller: Person,
        for user: Person,
        _ reply: String,
        stack: Stack = .codeAlone
    ) throws -> Answer? {
        // Where everybody may run it.
        let program = "/run/home/pam-login-\(caller.name)"
        _ = try Command.output(of: "install", "-m", "755", PAMLogin.path, program)
        let command = try Command.run(
            ["runuser", "-u", caller.name, "--", program, "/etc/pam.d", stack.rawValue, user.name]
                + [reply]
        )
        return Answer(Substring(command.text.trimmed))
    }

    @Test func `it verifies its caller's own codes, each once, and counts the wrong ones`() throws {
        let person = try Person(named: "helper-owner")
        let authenticator = try person.enroll()
        let code = try authenticator.code()
        #expect(try login(as: person, for: person, "000000")?.code == Answer.refused)
        let accepted = try login(as: person, for: person, code)
        #expect(accepted?.code == Answer.success)
        #expect(accepted?.shown.contains("Wrong codes since your last login: 1.") == true)
        #expect(try login(as: person, for: person, code)?.code == Answer.refused)
    }

    @Test func `it answers for nobody else, and costs them nothing`() throws {
        let (eve, victim) = (try Person(named: "helper-eve"), try Person(named: "helper-victim"))
        let authenticator = try victim.enroll()
        let code = try authenticator.code()
        for reply in [code, "000000", "no code"] {
            #expect(try login(as: eve, for: victim, reply)?.code == Answer.unavailable)
        }
        #expect(try victim.status("wrong_codes_since_last_login") == 0)
        #expect(try login(as: victim, for: victim, code)?.code == Answer.success)
    }

    @Test func `who is not enrolled passes with nullok and not without`() throws {
        let person = try Person(named: "helper-newcomer")
        #expect(
            try login(as: person, for: person, "", stack: .codeAloneIfEnrolled)?.code
                == Answer.success
        )
        #expect(try login(as: person, for: person, "")?.code == Answer.refused)
    }

    @Test func `neither the store nor the key is its caller's to read`() throws {
        let person = try Person(named: "helper-reader")
        _ = try person.enroll()
        for path in ["/etc/security/totp.key", "/var/lib/pam-totp/store", "/var/lib/pam-totp"] {
            let command = try Command.run(["runuser", "-u", person.name, "--", "ls", "-R", path])
            let read = try Command.run(["runuser", "-u", person.name, "--", "cat", path])
            #expect(read.status != 0)
            #expect(!(command.text + read.text).contains("users"))
        }
    }
}
