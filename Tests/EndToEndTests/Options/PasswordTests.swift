import Foundation
import Testing
import Verification

/// What is done with the password that an earlier module asked for (PAM_AUTHTOK).
@Suite struct PasswordTests {
    private let site: Site

    /// Stacks in which somebody else asks for the password, and whether it is right does not matter.
    init() throws {
        site = try Site()
        for option in ["try_first_pass", "use_first_pass"] {
            try site.stack(
                option,
                """
                auth [default=ignore] pam_unix.so
                auth required pam_totp.so \(option) conf=\(site.folder)/totp.conf
                """
            )
        }
    }

    private func login(_ person: Enrollee, _ service: String, password: String) throws -> Answer {
        let attempts = [(person, "no code")]
        return try site.login(attempts, service: service, options: ["-p", password])[0]
    }

    @Test(arguments: ["try_first_pass", "use_first_pass"])
    func `one that is a code is taken for one, and nobody is asked again`(option: String) throws {
        let person = try site.enroll()
        for code in [person.code(), person.recoveryCodes[0]] {
            let answer = try login(person, option, password: code)
            #expect(answer.code == Answer.success)
            #expect(answer.prompts == 1)
            #expect(try login(person, option, password: code).code == Answer.refused)
        }
    }

    @Test(arguments: [("try_first_pass", 2), ("use_first_pass", 1)])
    func `one that is no code costs nothing`(option: String, prompts: Int) throws {
        let person = try site.enroll()
        let answer = try login(person, option, password: "correct horse 123456")
        #expect(answer.code == Answer.refused)
        #expect(answer.prompts == prompts)
        #expect(try site.state(of: person).throttle.charged == 0)
    }

    /// With try_first_pass the first attempt is not a question.
    @Test func `a wrong code as the password is charged once, and then somebody is asked`() throws {
        let person = try site.enroll()
        let code = person.code()
        let answer = try site.login(
            [(person, code)],
            service: "try_first_pass",
            options: ["-p", person.wrongCode]
        )[0]
        #expect(answer.code == Answer.success)
        #expect(answer.prompts == 2)
        #expect(answer.shown.contains("Wrong codes since your last login: 1."))
    }
}
