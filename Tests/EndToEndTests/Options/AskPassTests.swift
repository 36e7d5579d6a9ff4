import Foundation
import Testing
import Verification

/// The lines that come before and behind the one that checks the password.
@Suite struct AskPassTests {
    private let site: Site

    /// Stacks whose password is the code, so that it shows what became of it.
    init() throws {
        site = try Site()
        let verifies = "auth required pam_totp.so use_first_pass conf=\(site.folder)/totp.conf"
        for (name, line) in [
            ("asked", "auth requisite pam_totp.so ask_pass"),
            ("prompt", "auth requisite pam_totp.so ask_pass [prompt=Pass, please: ]"),
            ("twice", "auth requisite pam_totp.so ask_pass\nauth requisite pam_totp.so ask_pass"),
            ("paced", "auth requisite pam_totp.so ask_pass\nauth required pam_totp.so keep_pace"),
            ("lost", "auth required pam_totp.so keep_pace"),
        ] {
            try site.stack(name, "\(line)\n\(verifies)")
        }
    }

    @Test(arguments: [
        ("asked", "Password: "), ("prompt", "Pass, please: "), ("twice", "Password: "),
        ("paced", "Password: "),
    ])
    func `the password is asked for once, and is there for the lines that follow`(
        service: String,
        prompt: String
    ) throws {
        let person = try site.enroll()
        let code = person.code()
        let answer = try site.login(person, code, service: service)
        #expect(answer.code == Answer.success)
        #expect(answer.shown == "[1 \(prompt)]")
        #expect(try site.login(person, code, service: service).code == Answer.refused)
    }

    @Test(arguments: Manner.all) func `no answer is no password`(manner: Manner) throws {
        let person = try site.enroll()
        let reply = manner.reply ?? person.code()
        let answer = try site.login([(person, reply)], service: "paced", options: manner.options)[0]
        let asked = answer.prompts
        switch manner.effect {
        case .delivered: #expect(answer.code == Answer.success && asked == 1, "\(answer)")
        case .deferred: #expect(answer.code == Answer.success && asked == 2, "\(answer)")
        case .noCode where manner.isNothing && manner.reply == nil:
            #expect(answer.code == 19 && asked == 1, "\(answer)")
        case .noCode: #expect(answer.code == Answer.refused && asked == 1, "\(answer)")
        case .fails(let code): #expect(answer.code == code && asked == 1, "\(answer)")
        }
        #expect(try site.state(of: person).throttle.charged == 0)
    }

    /// Who moves the lines about gets nobody in, and reads why.
    @Test func `without a start there is no pace to keep, and nobody gets in`() throws {
        let person = try site.enroll()
        let options = ["-p", person.code()]
        let answer = try site.login([(person, "x")], service: "lost", options: options)[0]
        #expect(answer.code != Answer.success)
        _ = try SystemLog.lines(about: "option 'keep_pace' needs a line with 'ask_pass'")
    }
}
