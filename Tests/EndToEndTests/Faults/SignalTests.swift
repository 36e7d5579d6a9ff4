import Foundation
import Store
import System
import Testing

/// su and sudo keep their caller's real uid, so that the caller may signal them.
///
/// A setuid program does the login here; the signals come from the one who started it, at moments
/// spread over the time that a login takes.
@Suite(.serialized) struct SignalTests {
    @Test(arguments: [SIGSTOP, SIGTSTP, SIGKILL, SIGINT])
    func `whoever started it cannot stop or end it while it holds the lock`(
        signal: Int32
    ) throws {
        let site = try Site()
        let person = try site.enroll()
        let attacker = try Accounts.make()
        let program = "\(site.folder)/setuid-login"
        try FileManager.default.copyItem(atPath: PAMLogin.path, toPath: program)
        _ = try Command.output(of: "chmod", "4755", program)
        _ = try Command.output(of: "chmod", "711", site.folder)

        let count = Soak.rounds(200, soak: 2000)
        let attacks = try Command.run(
            [
                PAMLogin.folder + "/signal-login", "\(count)", "\(signal)", "\(attacker.uid)",
                "1500", site.record(of: person), program, "\(site.folder)/pam.d", "code",
                person.account.name.description, "000000",
            ]
        )
        let numbers = attacks.text.matches(of: /[0-9]+/).compactMap { Int($0.output) }
        try #require(numbers.count == 2, "\(attacks.text)\(attacks.error)")
        // Many are hit, or this would say nothing. (The other two signals may be ignored, as in a
        // background job; where they are not, they must do no harm either.)
        if [SIGSTOP, SIGKILL].contains(signal) {
            #expect(numbers[0] > count / 50, "\(attacks.text)")
        }
        #expect(numbers[1] == 0, "\(attacks.text)")

        try site.change(person.account) { $0.unlock() }
        #expect(try site.login(person, person.code()).code == Answer.success)
    }
}
