import OTP
import System
import Testing
import Verification

/// totp-helper, whose caller makes everything about it as bad as they may: it is setgid, and the codes
/// are its caller's own.
@Suite struct HelperSurroundingsTests {
    private let site: Site
    private let program = "/run/home/pam-login"

    init() throws {
        site = try Site.system()
        try Trap.make()
        _ = try Command.output(of: "install", "-m", "755", PAMLogin.path, program)
    }

    /// Everybody's login at once, each by themselves and in surroundings of their own; nil where the
    /// program that asks the helper had no answer.
    private func login(
        _ code: (Enrollee) -> String
    ) throws -> [(Surroundings, Enrollee, Answer?)] {
        let attempts = try Surroundings.all.map { surroundings in
            let person = try site.enroll(.totp(period: 300))
            let name = person.account.name.description
            // Through a pipe: a file could not be written either.
            let command =
                [
                    "sh", "-c", "\"$@\" | cat", "sh",
                    "setpriv", "--reuid=\(name)", "--regid=users", "--clear-groups",
                ] + surroundings.wrapper
                + [program, "/etc/pam.d", Stack.codeAlone.rawValue, name, code(person)]
            let attempt = Background { try Command.run(command).text }
            return (surroundings, person, attempt)
        }
        return try attempts.map { ($0, $1, Answer(Substring(try $2.value().trimmed))) }
    }

    private func expectOrdinaryLogins(_ people: [Enrollee]) throws {
        let answers = try site.login(
            people.map { ($0, $0.code(1)) },
            service: Stack.codeAlone.rawValue
        )
        #expect(answers.allSatisfy { $0.code == Answer.success })
    }

    @Test func `the right code is accepted or has no answer`() throws {
        let attempts = try login { $0.code() }
        for (surroundings, person, answer) in attempts {
            #expect(answer?.code != Answer.refused, "\(surroundings)")
            #expect(try site.state(of: person).wrongSinceSuccess == 0, "\(surroundings)")
        }
        // The rest are programs that do not start, or cannot say what they were told.
        #expect(attempts.count { $2?.code == Answer.success } > attempts.count / 2)
        try expectOrdinaryLogins(attempts.map(\.1))
    }

    @Test func `a wrong code is accepted nowhere, and charged at most once`() throws {
        let attempts = try login { $0.wrongCode }
        #expect(attempts.count { $2?.code == Answer.refused } > attempts.count / 2)
        for (surroundings, person, answer) in attempts {
            #expect(answer?.code != Answer.success, "\(surroundings)")
            let charged = try site.state(of: person).throttle.charged
            #expect(charged <= 1, "\(surroundings)")
            if answer?.code == Answer.refused { #expect(charged == 1, "\(surroundings)") }
        }
        try expectOrdinaryLogins(attempts.map(\.1))
    }
}
