import Foundation
import Testing
import Verification

/// A line with `split_pass` where an earlier module has asked for the password already.
@Suite struct SplitPassFirstPassTests {
    private let site: Site

    /// pam_unix asks, and whether that password is right does not matter.
    init() throws {
        site = try Site()
        for option in ["try_first_pass", "use_first_pass"] {
            for (name, first) in [("", "auth [default=ignore] pam_unix.so\n"), ("-alone", "")] {
                try site.stack(
                    option + name,
                    """
                    \(first)auth requisite pam_totp.so split_pass \(option) conf=\(site.folder)/totp.conf
                    auth required pam_totp.so conf=\(site.folder)/totp.conf
                    """
                )
            }
        }
    }

    @Test(arguments: ["try_first_pass", "use_first_pass"])
    func `what was asked for is taken apart, and nobody is asked again`(option: String) throws {
        let person = try site.enroll()
        let code = person.code()
        for expected in [Answer.success, Answer.refused] {
            let answer = try site.login(person, "password" + code, service: option)
            #expect(answer.code == expected)
            #expect(answer.shown == "[1 Password: ]")
        }
        #expect(try site.state(of: person).throttle.charged == 0)
    }

    @Test func `where nothing was asked for, one asks and the other refuses`() throws {
        let person = try site.enroll()
        let reply = "password" + person.code()
        let used = try site.login(person, reply, service: "use_first_pass-alone")
        #expect(used.code == Answer.refused)
        #expect(used.prompts == 0)
        let tried = try site.login(person, reply, service: "try_first_pass-alone")
        #expect(tried.code == Answer.success)
        #expect(tried.shown == "[1 Password and verification code: ]")
    }
}
