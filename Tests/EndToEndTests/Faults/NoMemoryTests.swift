import Foundation
import System
import Testing
import Verification

/// Each of the module's allocations fails in turn.
///
/// Swift has no answer to that: it ends the process, and with it the login.
@Suite struct NoMemoryTests {
    private func login(
        _ person: Enrollee,
        _ reply: String,
        at site: Site,
        failing number: Int
    ) throws -> Answer? {
        let command = try Command.run(
            [
                "LD_PRELOAD=\(PAMLogin.folder)/libtest_libc.so",
                "TOTP_FAILING_ALLOCATION=\(number)",
                PAMLogin.path, "\(site.folder)/pam.d", "code", "\(person.account.name)", reply,
            ]
        )
        return Answer(Substring(command.text.trimmed))
    }

    @Test func `nobody gets in by it, and the record is as good as before`() throws {
        let site = try Site()
        var ended = 0
        for number in stride(from: 1, through: 1000, by: Soak.isOn ? 1 : 4) {
            let (person, guesser) = (try site.enroll(), try site.enroll())
            let step = person.step
            let code = person.code(at: step)
            let right = try login(person, code, at: site, failing: number)
            let wrong = try login(guesser, guesser.wrongCode, at: site, failing: number)
            // One that is answered was charged; and a code is good once.
            let charged = try site.state(of: guesser).throttle.charged
            #expect(wrong?.code == Answer.refused ? charged == 1 : charged <= 1, "\(number)")
            #expect(wrong?.code != Answer.success, "\(number)")
            let again = try site.login(person, code).code
            #expect(right?.code != Answer.success || again == Answer.refused, "\(number)")
            // By whatever drift was learnt if the step has ended meanwhile.
            let next = try site.login(person, person.code(at: step + 1)).code
            #expect(next == Answer.success, "\(number)")
            if right == nil { ended += 1 }
            // There are not so many: nothing has failed.
            if right?.code == Answer.success, wrong?.code == Answer.refused { break }
            try #require(number < 900)
        }
        #expect(ended > 25)
    }
}
