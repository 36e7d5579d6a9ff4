internal import System
internal import Verification

@testable internal import AdminCommands

extension FuzzTarget {
    static let googleAuthenticator = FuzzTarget(name: "google-authenticator") { bytes in
        Imported.check { () throws(AdminError) in
            try GoogleAuthenticatorFile.authenticator(
                in: bytes,
                at: Fixture.now,
                under: Imported.policy
            )
        }
    }

    static let oath = FuzzTarget(name: "users-oath") { bytes in
        let items = OATHFile.items(in: bytes, at: Fixture.now, under: Imported.policy)
        require(items.count <= bytes.lines().count, "there is no more than a token a line")
        for item in items { Imported.check(item) }
    }

    static let uris = FuzzTarget(name: "uri-file") { bytes in
        let items = URIFile.items(in: bytes, at: Fixture.now, under: Imported.policy)
        require(items.count <= bytes.lines().count, "there is no more than a URI a line")
        for item in items { Imported.check(item) }
    }

    /// A key container, opened with nothing, with a passphrase and with a key.
    static let pskc = FuzzTarget(name: "pskc") { bytes in
        checkPSKC(bytes, nil)
        checkPSKC(bytes, .key(rfc6030Key))
        // RFC 6030, Figure 7. Millions of rounds would keep the fuzzer busy and are nothing to find.
        if !asksForManyRounds(bytes) { checkPSKC(bytes, .passphrase(Array("qwerty".utf8))) }
    }

    /// RFC 6030, Figure 6.
    private static let rfc6030Key: [UInt8] = [
        0x12, 0x34, 0x56, 0x78, 0x90, 0x12, 0x34, 0x56, 0x78, 0x90, 0x12, 0x34, 0x56, 0x78, 0x90,
        0x12,
    ]

    private static func checkPSKC(_ bytes: [UInt8], _ opener: PSKCDocument.Opener?) {
        do throws(AdminError) {
            let file = try PSKCFile(PSKCDocument(bytes, opening: opener))
            for item in try file.items(for: nil, at: Fixture.now, under: Imported.policy) {
                Imported.check(item)
            }
        } catch {
            require(!error.message.isEmpty, "an error says what is wrong")
        }
    }

    private static func asksForManyRounds(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.split(separator: "IterationCount>").dropFirst().contains { rest in
            rest.prefix { $0 != "<" }.utf8.count > 4
        }
    }
}
