import Foundation
import OTP
import System
import Testing
import Verification

/// totp-admin changing a record while its owner logs in: neither side loses anything.
@Suite struct ChangeRaceTests {
    @Test func `logins and every kind of change at once lose nothing`() throws {
        // What both sides share is never written.
        nonisolated(unsafe) let site = try Site()
        nonisolated(unsafe) let person = try site.enroll(.hotp())
        let logins = Soak.rounds(40, soak: 400)
        let changes = Soak.rounds(12, soak: 120)

        let loggingIn = Background { [self] in try logIn(person, at: site, times: logins) }
        let lastRecovery = try change(person, at: site, times: changes)
        try loggingIn.value()

        let state = try site.state(of: person)
        #expect(state.progress(of: person.authenticator.id)?.next == Int64(logins))
        #expect(state.authenticators.count == 1)
        for code in lastRecovery {
            #expect(try site.login(person, code).code == Answer.success)
        }
        for code in person.recoveryCodes {
            #expect(try site.login(person, code).code == Answer.refused)
        }
    }

    /// Eight at once with each code in turn: one of them is accepted.
    private func logIn(_ person: Enrollee, at site: Site, times: Int) throws {
        for counter in 0..<Int64(times) {
            let attempt = (person, person.code(at: counter))
            let answers = try site.login(Array(repeating: attempt, count: 8))
            #expect(answers.count { $0.code == Answer.success } == 1, "counter \(counter)")
        }
    }

    /// Enrols, disables, renames, enables, replaces the recovery codes, unlocks and removes in turn,
    /// with the program itself.
    ///
    /// Returns the recovery codes of the last replacement.
    private func change(_ person: Enrollee, at site: Site, times: Int) throws -> [String] {
        let user = person.account.name.description
        func admin(_ arguments: String...) throws -> String {
            let command = try Command.run(
                ["totp-admin"] + arguments + ["--conf", "\(site.folder)/totp.conf"]
            )
            #expect(command.status == 0, "\(arguments): \(command.error)")
            return command.text
        }
        var codes: [String] = []
        for turn in 0..<times {
            switch turn % 4 {
            // One that goes on working: eight digits, so that the codes of the others are not its.
            case 0, 2:
                _ = try admin(
                    "enroll",
                    user,
                    "--name",
                    "new",
                    "--digits",
                    "8",
                    "--no-confirm"
                )
                _ = try admin("disable", user, "--name", "new")
                _ = try admin("rename", user, "--name", "new", "--to", "extra\(turn)")
                _ = try admin("enable", user, "--name", "extra\(turn)")
            case 1:
                let sheet = try admin("recovery", user)
                codes = sheet.matches(of: /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/).map {
                    String($0.output.0)
                }
                _ = try admin("unlock", user)
            default:
                for extra in [turn - 3, turn - 1] {
                    _ = try admin("remove", user, "--name", "extra\(extra)")
                }
            }
        }
        return codes
    }
}
