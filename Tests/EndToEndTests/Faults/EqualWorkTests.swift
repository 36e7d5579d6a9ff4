import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// How long an answer takes does not say which authenticator it was that matched, or whether one
/// did: the codes computed for a login are counted.
@Suite struct EqualWorkTests {
    /// How many HMACs a login computes.
    private func codesComputed(_ person: Enrollee, _ reply: String, at site: Site) throws -> Int {
        try calls(of: "nettle_hmac_sha1_digest", for: person, reply, at: site)
    }

    /// How often a login calls a function of nettle's, as callgrind counts.
    private func calls(
        of function: String,
        for person: Enrollee,
        _ reply: String,
        at site: Site
    )
        throws -> Int
    {
        let folder = try TemporaryFolder()
        let file = folder.file("callgrind").path
        _ = try Command.run(
            BuiltModule.withNames() + [
                "env", "TMPDIR=\(folder.url.path)", "valgrind", "--tool=callgrind", "--quiet",
                "--vgdb=no", "--compress-strings=no", "--callgrind-out-file=\(file)", PAMLogin.path,
                "\(site.folder)/pam.d",
                "code", person.account.name.description, reply,
            ]
        )
        let lines = folder.text(of: "callgrind").split(separator: "\n")
        // `cfn=` names what is called, and the line after it says how often.
        return zip(lines, lines.dropFirst()).reduce(0) { sum, pair in
            guard pair.0 == "cfn=\(function)", pair.1.hasPrefix("calls=") else { return sum }
            return sum + (Int(pair.1.dropFirst("calls=".count).prefix { $0.isNumber }) ?? 0)
        }
    }

    @Test func `it is the same work whichever of several authenticators matches`() throws {
        let site = try Site()
        var counts: [Int] = []
        // Everybody's state is new, and the code is of the first, of the eighth, of none, or of the
        // first after it was disabled.
        let cases = [(0, false), (7, false), (nil, false), (0, true)] as [(Int?, Bool)]
        for (matching, isDisabled) in cases {
            let person = try site.enroll()
            var others: [Verification.Authenticator] = []
            try site.change(person.account) { record in
                for number in 1...7 {
                    let id = try Identifier.random()
                    let other = Verification.Authenticator(
                        id: id,
                        name: "other\(number)",
                        parameters: person.authenticator.parameters,
                        enrolledAt: 1,
                        secret: SecretBytes(Array("other secret, number \(number)".utf8))
                    )
                    others.append(other)
                    try record.add(other, LoginState.Progress(id: id))
                }
                if isDisabled { record.setDisabled(true, person.authenticator) }
            }
            let owner = [person.authenticator] + others
            let reply = matching.map { person.code(of: owner[$0]) } ?? person.wrongCode
            counts.append(try codesComputed(person, reply, at: site))
        }
        // Eight authenticators, three steps each.
        #expect(counts == [24, 24, 24, 24])
    }

    @Test func `it is one hash and the same comparisons whichever imported recovery code it is`()
        throws
    {
        let site = try Site()
        let codes: [Text] = ["12345678", "23456789", "34567890", "45678901", "56789012"]
        for function in ["nettle_pbkdf2_hmac_sha256", "nettle_memeql_sec"] {
            var counts: [Int] = []
            for reply in ["12345678", "56789012", "99999999"] {
                let person = try site.enroll()
                let imported = try RecoverySet.imported(codes)
                try site.change(person.account) { $0.importRecovery(imported) }
                counts.append(try calls(of: function, for: person, reply, at: site))
            }
            #expect(counts[0] == counts[2], "\(function)")
            #expect(counts[1] == counts[2], "\(function)")
            if function.contains("pbkdf2") { #expect(counts == [1, 1, 1]) }
        }
    }
}
