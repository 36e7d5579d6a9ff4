import Foundation
import System
import Testing
import Verification

/// What somebody without the password makes of a line with `split_pass`.
@Suite struct SplitPassMisuseTests {
    private let site: Site

    init() throws {
        site = try Site(settings: "except_users = root")
        let line = "auth requisite pam_totp.so split_pass conf=\(site.folder)/totp.conf"
        try site.stack("first", "\(line)\nauth required pam_permit.so")
        try site.stack("both", "\(line)\nauth required pam_totp.so conf=\(site.folder)/totp.conf")
    }

    private static let prompt = "[1 Password and verification code: ]"

    private func login(_ name: String, _ reply: String) throws -> String {
        try Command.run([PAMLogin.path, "\(site.folder)/pam.d", "first", name, reply]).text.trimmed
    }

    /// crypt(3) fails at once for a password of 512 bytes: whether a code was cut off would show in
    /// the time that pam_unix takes.
    @Test func `what is too long for a password goes to nobody`() throws {
        let person = try site.enroll()
        let stranger = try Accounts.make()
        let names = ["\(person.account.name)", "\(stranger.name)", "root", "nobody-of-that-name"]
        for name in names {
            for (length, code) in [
                (511, Answer.success), (512, Answer.refused), (600, Answer.refused),
            ] {
                let reply = String(repeating: "x", count: length - 6) + "123456"
                #expect(try login(name, reply) == "\(code) \(Self.prompt)", "\(name), \(length)")
            }
        }
    }

    /// Nobody without the password learns whose record it is; the line that verifies denies.
    @Test func `where nobody can tell how long the code is, all of it is the password`() throws {
        let person = try site.enroll()
        let code = person.code()
        let enrollment = URL(fileURLWithPath: "\(site.record(of: person))/enrollment")
        let whole = try Data(contentsOf: enrollment)
        try Data("damaged\n".utf8).write(to: enrollment)
        let name = "\(person.account.name)"
        #expect(try login(name, "password" + code) == "\(Answer.success) \(Self.prompt)")
        let lines = try SystemLog.lines(about: "failed user=\(name) ")
        #expect(lines[0].contains("enrollment': line 1: "), "\(lines)")
        let answer = try site.login(person, "password" + code, service: "both")
        #expect(answer.code == Answer.unavailable)
        #expect(answer.shown == Self.prompt)
        try whole.write(to: enrollment)
        #expect(try site.login(person, "password" + code, service: "both").code == Answer.success)
    }

    @Test func `a code typed for somebody else is not tried`() throws {
        let (typist, person) = (try site.enroll(), try site.enroll())
        let answer = try site.login(
            [(typist, "password" + person.wrongCode)],
            service: "both",
            options: ["-u", "\(person.account.name)"]
        )[0]
        #expect(answer.code == Answer.refused)
        #expect(answer.shown == Self.prompt + " [1 Verification code: ]")
        #expect(try site.state(of: person).throttle.charged == 0)
    }

    /// Each ends a sleep in a host that handles it.
    @Test func `signals do not shorten the wait before the question`() throws {
        let person = try site.enroll()
        let script = #"""
            "$@" & while kill -CHLD $! 2>/dev/null; do :; done; wait $!
            """#
        let start = ContinuousClock.now
        let command = try Command.run(
            ["bash", "-c", script, "bash", PAMLogin.path, "-s", "collect"]
                + ["\(site.folder)/pam.d", "first", "\(person.account.name)", "password"]
        )
        #expect(command.text.trimmed == "\(Answer.success) \(Self.prompt)")
        #expect(ContinuousClock.now - start >= .milliseconds(50))
    }

    /// A directory is asked about the groups of those whom it knows; however long that takes.
    @Test func `where totp.conf names groups, everybody is asked at the slower pace`() throws {
        let names = ["\(try site.enroll().account.name)", "nobody-of-that-name"]
        for setting in ["only_groups = root", "except_groups = root"] {
            try site.configure(setting)
            for name in names {
                let start = ContinuousClock.now
                #expect(try login(name, "password") == "\(Answer.success) \(Self.prompt)")
                #expect(ContinuousClock.now - start >= .milliseconds(500))
            }
        }
    }
}
