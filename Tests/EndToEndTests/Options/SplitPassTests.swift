import Foundation
import OTP
import System
import Testing
import Verification

/// A password and a code in one answer, for programs that ask only once.
@Suite struct SplitPassTests {
    private let site: Site

    /// Its stack asks pam_exec in the place of pam_unix: what it is given as the password is what
    /// the next module would see.
    init() throws {
        site = try Site(settings: "except_users = root")
        let script = """
            #!/bin/sh
            umask 077
            tr -d '\\0' >"\(site.folder)/password-of-$PAM_USER"
            grep -qx '\(Self.password)' "\(site.folder)/password-of-$PAM_USER"

            """
        let url = URL(fileURLWithPath: "\(site.folder)/check")
        try Data(script.utf8).write(to: url)
        _ = try Command.output(of: "chmod", "700", url.path)
        try site.stack(
            "split",
            """
            auth requisite pam_totp.so split_pass conf=\(site.folder)/totp.conf
            auth requisite pam_exec.so quiet expose_authtok \(url.path)
            auth required pam_totp.so conf=\(site.folder)/totp.conf
            """
        )
    }

    /// It ends in digits, as passwords do.
    private static let password = "correct horse 12"
    /// What pam_exec makes of a script's exit status: PAM_SYSTEM_ERR.
    private static let wrongPassword = 4
    private static let prompt = "[1 Password and verification code: ]"

    private func login(_ person: Enrollee, _ reply: String) throws -> Answer {
        try site.login(person, reply, service: "split")
    }

    /// What the next module saw of the last login; nil if it was not asked.
    private func passwordSeen(of name: String) throws -> String? {
        let path = "\(site.folder)/password-of-\(name)"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try String(contentsOfFile: path, encoding: .utf8)
    }

    private func passwordSeen(of person: Enrollee) throws -> String? {
        try passwordSeen(of: person.account.name.description)
    }

    @Test(arguments: OTPParameters.supportedDigits)
    func `the code is cut off as long as it is, and asked for only once`(digits: Int) throws {
        let person = try site.enroll(.totp(digits: digits))
        let reply = Self.password + person.code()
        for expected in [Answer.success, Answer.refused] {
            let answer = try login(person, reply)
            #expect(answer.code == expected)
            #expect(answer.shown == Self.prompt)
            #expect(try passwordSeen(of: person) == Self.password)
        }
    }

    @Test func `a recovery code is cut off with its dashes`() throws {
        let person = try site.enroll()
        let answer = try login(person, Self.password + person.recoveryCodes[3])
        #expect(answer.code == Answer.success)
        #expect(
            answer.shown == Self.prompt + " [4 You have used a recovery code. Codes left: 9.]"
        )
        #expect(try passwordSeen(of: person) == Self.password)
    }

    @Test func `a wrong password costs nobody anything, and leaves the code good`() throws {
        let person = try site.enroll()
        let code = person.code()
        for reply in ["wrong horse" + code, code, "", "wrong horse"] {
            let answer = try login(person, reply)
            #expect(answer.code == Self.wrongPassword)
            #expect(answer.shown == Self.prompt)
        }
        #expect(try site.state(of: person).throttle.charged == 0)
        #expect(try login(person, Self.password + code).code == Answer.success)
    }

    @Test func `a wrong code is charged once, a missing one not at all`() throws {
        let person = try site.enroll()
        #expect(try login(person, Self.password + person.wrongCode).code == Answer.refused)
        #expect(try passwordSeen(of: person) == Self.password)
        #expect(try site.state(of: person).throttle.charged == 1)
        let answer = try login(person, Self.password)
        #expect(answer.code == Answer.refused)
        #expect(answer.shown == Self.prompt)
        #expect(try passwordSeen(of: person) == Self.password)
        #expect(try site.state(of: person).throttle.charged == 1)
    }

    /// Somebody who has no code, or needs none, may have a password that ends like one.
    @Test func `without a code to be asked for, all of it is the password`() throws {
        let stranger = try Accounts.make().name.description
        for name in ["root", stranger, "nobody-of-that-name"] {
            let reply = Self.password + "123456"
            let command = try Command.run(
                [PAMLogin.path, "\(site.folder)/pam.d", "split", name, reply]
            )
            #expect(command.text.trimmed == "\(Self.wrongPassword) \(Self.prompt)", "\(name)")
            #expect(try passwordSeen(of: name) == reply)
        }
        // root is exempt; the two lines of ours ignore, and the password alone decides.
        let exempt = try Command.run(
            [PAMLogin.path, "\(site.folder)/pam.d", "split", "root", Self.password]
        )
        #expect(exempt.text.trimmed == "\(Answer.success) \(Self.prompt)")
    }

    /// The code is for one line of one login.
    @Test func `the code is used by the first line that verifies`() throws {
        let person = try site.enroll(.hotp())
        try site.stack(
            "twice",
            """
            auth requisite pam_totp.so split_pass conf=\(site.folder)/totp.conf
            auth required pam_totp.so conf=\(site.folder)/totp.conf
            auth required pam_totp.so conf=\(site.folder)/totp.conf
            """
        )
        let answer = try site.login(person, Self.password + person.code(at: 0), service: "twice")
        #expect(answer.code == Answer.refused)
        #expect(answer.shown.hasPrefix(Self.prompt + " [1 Verification code: ]"))
        #expect(try site.state(of: person).progress(of: person.authenticator.id)?.next == 1)
    }
}
