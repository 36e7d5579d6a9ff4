import Foundation
import Store
import System
import Testing
import Verification

/// Promise 7: what a host's memory still holds after a login, and while somebody types.
///
/// Nothing that could make a code.
@Suite struct MemoryTests {
    /// How often the login's own process holds these bytes.
    private struct Count {
        /// The most at any prompt.
        let asking: Int
        /// When the login is over.
        let after: Int
    }

    private func count(
        _ bytes: [UInt8],
        in reply: String,
        of person: Enrollee,
        at site: Site,
        service: String = "code",
        options: [String] = []
    ) throws -> Count {
        let pattern = bytes.map { String(format: "%02x", ~$0) }.joined()
        let command = try Command.run(
            [PAMLogin.path] + options + ["-m", pattern, "\(site.folder)/pam.d", service]
                + [person.account.name.description, reply]
        )
        let line = try #require(command.text.split(separator: "\n").last)
        let match = try #require(line.wholeMatch(of: /found (\d+), then (\d+)/))
        return Count(asking: try #require(Int(match.1)), after: try #require(Int(match.2)))
    }

    private func found(
        _ bytes: [UInt8],
        after reply: String,
        of person: Enrollee,
        at site: Site
    ) throws -> Int {
        try count(bytes, in: reply, of: person, at: site).after
    }

    @Test func `neither the secret nor the key is left, whatever was typed`() throws {
        let site = try Site()
        let person = try site.enroll()
        let keyFile = try String(contentsOfFile: "\(site.folder)/totp.key", encoding: .utf8)
        let key = try #require(keyFile.split(separator: "\n").last?.dropFirst("key ".count))
        let keyBytes = try #require(Hexadecimal.decode(key.utf8))
        let secret = Array("test secret of user \(person.account.uid)".utf8)
        for reply in [person.code(), person.wrongCode, person.recoveryCodes[0], "no code"] {
            // Half of each: a part would be as bad.
            #expect(try found(Array(secret.suffix(12)), after: reply, of: person, at: site) == 0)
            #expect(try found(Array(keyBytes.prefix(16)), after: reply, of: person, at: site) == 0)
            #expect(try found(Array(key.utf8.prefix(32)), after: reply, of: person, at: site) == 0)
        }
    }

    /// HMAC works with the secret XORed with 0x36 and 0x5c (RFC 2104 §2), on the stack.
    @Test func `nor are they left as HMAC has them`() throws {
        let site = try Site()
        let person = try site.enroll()
        let recovery = person.recoveryCodes[0]
        let secret = Array("test secret of user \(person.account.uid)".utf8)
        let symbols = Array(recovery.filter { $0 != "-" }.utf8)
        for (bytes, reply) in [
            (secret, person.code()), (secret, person.wrongCode), (symbols, recovery),
        ] {
            for (start, pad) in [(0, 0x36), (8, 0x36), (0, 0x5c), (8, 0x5c)] as [(Int, UInt8)] {
                let piece = bytes.dropFirst(start).prefix(8).map { $0 ^ pad }
                #expect(try found(piece, after: reply, of: person, at: site) == 0, "\(pad)")
            }
        }
    }

    /// With it, what is left of imported recovery codes is 27 bits to search.
    @Test func `nor is the salt of imported recovery codes`() throws {
        let site = try Site()
        let person = try site.enroll()
        let imported = try RecoverySet.imported(["12345678", "23456789"])
        try site.change(person.account) { $0.importRecovery(imported) }
        let salt = imported.salt.bytes.withUnsafeBytes { Array($0.suffix(8)) }
        for reply in ["12345678", "99999999", person.code(), "no code"] {
            #expect(try found(salt, after: reply, of: person, at: site) == 0, "\(reply)")
        }
    }

    /// The kernel clears a page that it was given back only when somebody else gets it.
    @Test func `nor in the pages that were given back`() throws {
        let site = try Site()
        let person = try site.enroll()
        let secret = Array("test secret of user \(person.account.uid)".utf8)
        for pad in [0x36, 0x5c] as [UInt8] {
            let piece = secret.prefix(8).map { $0 ^ pad }
            let code = person.code()
            let count = try count(piece, in: code, of: person, at: site, options: ["-t"])
            #expect(count.after == 0, "\(pad)")
        }
    }

    /// Nobody knows how long somebody takes to type.
    @Test(arguments: ["retry=2", "split_pass"])
    func `nor are they there while somebody is asked`(option: String) throws {
        let site = try Site()
        let person = try site.enroll()
        let configuration = "conf=\(site.folder)/totp.conf"
        try site.stack("asks", "auth required pam_totp.so \(option) \(configuration)")
        let keyFile = try String(contentsOfFile: "\(site.folder)/totp.key", encoding: .utf8)
        let key = try #require(keyFile.split(separator: "\n").last?.dropFirst("key ".count))
        let keyBytes = try #require(Hexadecimal.decode(key.utf8))
        let secret = Array("test secret of user \(person.account.uid)".utf8)
        let pieces = [0, 8].map { Array(secret.dropFirst($0).prefix(8)) }
        let padded = pieces.flatMap { piece in [0x36, 0x5c].map { pad in piece.map { $0 ^ pad } } }
        for bytes in pieces + padded + [Array(keyBytes.prefix(16)), Array(key.utf8.prefix(32))] {
            let reply = person.wrongCode
            let count = try count(bytes, in: reply, of: person, at: site, service: "asks")
            #expect(count.asking == 0, "\(bytes)")
        }
    }

    /// The search finds what is there: the reply that the test gave on the command line, and where
    /// libpam's own copy is wiped, nothing more.
    @Test func `the reply is wiped before it is given back`() throws {
        let site = try Site()
        let person = try site.enroll()
        for reply in ["a reply that is no code", person.recoveryCodes[1]] {
            let count = try found(
                Array(reply.utf8.dropFirst(4)),
                after: reply,
                of: person,
                at: site
            )
            #expect(count == 1, "\(reply)")
        }
        // As it is hashed: without dashes.
        let bare = person.recoveryCodes[2].filter { $0 != "-" }
        let count = try found(
            Array(bare.utf8.dropFirst(4)),
            after: person.recoveryCodes[2],
            of: person,
            at: site
        )
        #expect(count == 0)
    }
}
