import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// Encrypted PSKC files (RFC 6030 §6).
@Suite struct PSKCEncryptionTests {
    /// Imports a file for somebody new with what is to open it.
    private func open(
        _ text: String,
        _ option: String,
        _ opener: String,
        at site: Site
    ) throws -> (user: Text, done: Command) {
        let user = try Accounts.make().name
        let path = try site.tokens(text)
        let openerPath = "\(site.folder)/opener"
        try Data("\(opener)\n".utf8).write(to: URL(fileURLWithPath: openerPath))
        let done = try site.admin(
            "import",
            "pskc",
            path,
            "--user",
            user.description,
            option,
            openerPath
        )
        return (user, done)
    }

    @Test(arguments: [
        (PSKCText.underKey, "--key-file", PSKCText.sharedKey),
        (PSKCText.underPassphrase, "--passphrase-file", PSKCText.passphrase),
    ])
    func `RFC 6030's encrypted secrets are opened`(
        text: String,
        option: String,
        opener: String
    )
        throws
    {
        let site = try Site()
        let (user, done) = try open(text, option, opener, at: site)
        #expect(done.status == 0, "\(done.text)\(done.error)")
        let code = Peer.code(PSKCText.secret, at: 0, digits: 8)
        #expect(try site.login([(user, code)])[0].code == Answer.success)
    }

    @Test func `AES-256 and SHA-256 are opened as OpenSSL seals them`() throws {
        let site = try Site()
        let script = """
            key=$(openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt pass:qwerty \\
                -kdfopt hexsalt:0102030405060708 -kdfopt iter:2000 PBKDF2 | tr -d :)
            iv=00000000000000000000000000000000
            { head -c 16 /dev/zero; openssl enc -aes-256-cbc -K "$key" -iv "$iv"; } >value
            base64 -w 0 value; echo
            openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary value | base64 -w 0
            """
        let sealed = try Command.output(
            of: "sh",
            "-ec",
            "cd \(site.folder); \(script)",
            input: String(decoding: PSKCText.secret, as: UTF8.self)
        ).split(separator: "\n").map(String.init)
        let text = PSKCText.underPassphrase
            .replacing(/<PRF\/>/, with: "<PRF Algorithm=\"urn:x#hmac-sha256\"/>")
            .replacing("Ej7/PEpyEpw=", with: "AQIDBAUGBwg=")
            .replacing(">1000<", with: ">2000<").replacing(">16<", with: ">32<")
            .replacing("hmac-sha1", with: "hmac-sha256").replacing("aes128", with: "aes256")
            .replacing(/(?s:<MACKey>.*<\/MACKey>)/, with: "")
            .replacing(/<xenc:CipherValue>[^<]*/, with: "<xenc:CipherValue>\(sealed[0])")
            .replacing(/<ValueMAC>[^<]*/, with: "<ValueMAC>\(sealed[1])")
        let (user, done) = try open(text, "--passphrase-file", PSKCText.passphrase, at: site)
        #expect(done.status == 0, "\(done.text)\(done.error)")
        let code = Peer.code(PSKCText.secret, at: 0, digits: 8)
        #expect(try site.login([(user, code)])[0].code == Answer.success)
    }

    @Test func `what does not open an encrypted file is told`() throws {
        let site = try Site()
        let wrong = "12345678901234567890123456789013"
        let altered = PSKCText.underKey.replacing("D+cIHIt", with: "D+cIHIu")
        let cases = [
            (
                altered, "--key-file", PSKCText.sharedKey,
                "does not open with this passphrase or key"
            ),
            (PSKCText.underKey, "--key-file", wrong, "does not open with this passphrase or key"),
            (PSKCText.underKey, "--key-file", "1234", "the key is not 16 bytes long"),
            (PSKCText.underKey, "--passphrase-file", "x", "its key is not made from a passphrase"),
            (PSKCText.underPassphrase, "--passphrase-file", "qwertz", "does not open with this"),
        ]
        for (text, option, opener, reason) in cases {
            let (user, done) = try open(text, option, opener, at: site)
            #expect(done.status == 65)
            #expect(done.text.hasPrefix("refused '\(user)' (key 1): "))
            #expect(done.text.contains(reason), "\(done.text)")
        }
        let path = try site.tokens(PSKCText.underKey)
        let unopened = try site.admin("import", "pskc", path, "--user", "root")
        #expect(unopened.text.contains("its secret is encrypted; give --passphrase-file or"))
        #expect(try site.isEmpty())
    }
}
