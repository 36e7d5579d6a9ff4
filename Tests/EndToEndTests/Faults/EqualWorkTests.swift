import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// How long an answer takes does not say which authenticator it was that matched, or whether one
/// nearly did: the instructions of a login are counted, which no load of the machine changes.
@Suite struct EqualWorkTests {
    /// The instructions of a whole login, as callgrind counts them.
    private func instructions(_ person: Enrollee, _ reply: String, at site: Site) throws -> Int {
        let folder = try TemporaryFolder()
        let file = folder.file("callgrind").path
        let command = try Command.run(
            [
                "env", "TMPDIR=\(folder.url.path)", "valgrind", "--tool=callgrind", "--quiet",
                "--vgdb=no", "--callgrind-out-file=\(file)", PAMLogin.path, "\(site.folder)/pam.d",
                "code", person.account.name.description, reply,
            ]
        )
        let summary = folder.text(of: "callgrind").split(separator: "\n")
            .first { $0.hasPrefix("summary: ") }
        let count = try #require(summary?.split(separator: " ").last, "\(command.error)")
        return try #require(Int(count))
    }

    @Test func `it is the same work whichever of several authenticators matches`() throws {
        let site = try Site()
        var counts: [Int] = []
        // Everybody's state is new, and the code is of the first, of the eighth or of none.
        for matching in [0, 7, nil] {
            let person = try site.enroll()
            var others: [Verification.Authenticator] = []
            try site.change(person.account) { record in
                for number in 1...7 {
                    guard let id = try? Identifier.random() else { return }
                    let other = Verification.Authenticator(
                        id: id,
                        name: "other\(number)",
                        parameters: person.authenticator.parameters,
                        enrolledAt: 1,
                        secret: SecretBytes(Array("other secret, number \(number)".utf8))
                    )
                    others.append(other)
                    record.add(other, LoginState.Progress(id: id))
                }
            }
            let owner = [person.authenticator] + others
            let reply = matching.map { person.code(of: owner[$0]) } ?? person.wrongCode
            counts.append(try instructions(person, reply, at: site))
        }
        // Measured: 2,000 of 5.5 million. Stopping at the first match saved 183,000: 8,700 a code.
        let spread = try #require(counts.max()) - (try #require(counts.min()))
        #expect(spread < 5_000, "\(counts)")
    }
}
