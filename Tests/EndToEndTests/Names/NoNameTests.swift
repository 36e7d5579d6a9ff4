import Foundation
import Testing

/// An application that does not know yet who is logging in, and has libpam ask (pam_get_user(3)).
@Suite struct NoNameTests {
    private let site: Site

    init() throws {
        site = try Site()
        try site.stack("asked", "auth requisite pam_totp.so ask_pass\nauth required pam_deny.so")
    }

    private func login(
        _ options: [String],
        _ reply: String,
        service: String = "code"
    ) throws -> String {
        let folder = "\(site.folder)/pam.d"
        return try Command.run([PAMLogin.path, "-n"] + options + [folder, service, "", reply]).text
            .trimmed
    }

    @Test(arguments: [("error", 19), ("null", 19), ("none", 19), ("never", 31)])
    func `no name, no question for a code`(manner: String, code: Int) throws {
        for service in ["code", "asked"] {
            #expect(try login(["-c", manner], "x", service: service) == "\(code) [2 login:]")
        }
    }

    /// The reply is given to both questions.
    @Test func `the name comes first, then the code or the password`() throws {
        let name = try site.enroll().name
        #expect(try login([], name) == "\(Answer.refused) [2 login:] [1 Verification code: ]")
        #expect(
            try login(["-p", "x"], name, service: "asked")
                == "\(Answer.refused) [2 login:] [1 Password: ]"
        )
    }
}
