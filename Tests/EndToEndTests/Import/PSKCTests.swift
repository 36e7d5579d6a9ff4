import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// Tokens from PSKC files (RFC 6030).
@Suite struct PSKCTests {
    private static let algorithms = "urn:ietf:params:xml:ns:keyprov:pskc"
    private static let secret = Array("12345678901234567890".utf8)

    /// A file of these keys: each with its attributes, what is in it before its data, and its data.
    private static func container(_ keys: [String], head: String = "") -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <KeyContainer Version="1.0" xmlns="\(algorithms)"
            xmlns:ds="http://www.w3.org/2000/09/xmldsig#"
            xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"
            xmlns:xenc11="http://www.w3.org/2009/xmlenc11#"
            xmlns:pkcs5="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#">
        \(head)
        \(keys.map { "<KeyPackage>\($0)</KeyPackage>" }.joined(separator: "\n"))
        </KeyContainer>

        """
    }

    private static func key(
        _ type: String = "hotp",
        user: String = "",
        format: String = "<ResponseFormat Length=\"6\" Encoding=\"DECIMAL\"/>",
        suite: String = "",
        data: String = "",
        policy: String = ""
    ) -> String {
        """
        <Key Id="1" Algorithm="\(algorithms):\(type)">
        <AlgorithmParameters>\(suite)\(format)</AlgorithmParameters>\(user)
        <Data><Secret><PlainValue>\(Data(secret).base64EncodedString())</PlainValue></Secret>\(data)
        </Data>\(policy.isEmpty ? "" : "<Policy>\(policy)</Policy>")</Key>
        """
    }

    private static func value(_ name: String, _ number: Int64) -> String {
        "<\(name)><PlainValue>\(number)</PlainValue></\(name)>"
    }

    private func file(_ text: String, at site: Site) throws -> String {
        let file = "\(site.folder)/tokens.xml"
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        return file
    }

    @Test func `pskctool reads what these tests are made of`() throws {
        let site = try Site()
        let path = try file(Self.container([Self.key(data: Self.value("Counter", 3))]), at: site)
        let text = try Command.output(of: "pskctool", "--info", path)
        #expect(text.contains("Key Secret (base64): MTIzNDU2Nzg5MDEyMzQ1Njc4OTA="))
        #expect(text.contains("Key Counter: 3"))
    }

    @Test func `a counter-based token goes on where it was`() throws {
        let site = try Site()
        let user = try Accounts.make().name
        let path = try file(Self.container([Self.key(data: Self.value("Counter", 3))]), at: site)
        let done = try site.admin("import", "pskc", path, "--user", user.description)
        #expect(done.text.hasPrefix("imported '\(user)' (key 1) as 'token'\n"))
        #expect(try site.login([(user, Peer.code(Self.secret, at: 2))])[0].code == Answer.refused)
        #expect(try site.login([(user, Peer.code(Self.secret, at: 3))])[0].code == Answer.success)
    }

    @Test func `time-based tokens are their UserIds', with what the file knows of their clocks`()
        throws
    {
        let site = try Site()
        let people = try (0..<3).map { _ in try Accounts.make() }
        let step = try Peer.step()
        let path = try file(
            Self.container([
                Self.key(
                    "totp",
                    user:
                        "<FriendlyName>blue token</FriendlyName><UserId>\(people[0].name)</UserId>",
                    data: Self.value("TimeInterval", 30) + Self.value("TimeDrift", -4)
                ),
                Self.key(
                    "totp",
                    user: "<UserId>CN=\(people[1].name),O=Example</UserId>",
                    suite: "<Suite>HMAC-SHA256</Suite>",
                    data: Self.value("TimeInterval", 60) + Self.value("Time", step / 2 + 5)
                ),
                Self.key(
                    "totp",
                    user: "<UserId>UID=\(people[2].name)</UserId>",
                    data: Self.value("Time", 30 * (step + 4))
                ),
            ]),
            at: site
        )
        let done = try site.admin("import", "pskc", path)
        #expect(done.status == 0, "\(done.text)\(done.error)")
        let store = try Store(site.configuration)
        let records = try people.map { try #require(try store.record(of: $0.uid)) }
        let authenticators = records.map { $0.enrollment.authenticators[0] }
        let progress = records.map { $0.state.authenticators[0] }
        #expect(authenticators[0].name == "blue token")
        #expect(progress[0].drift == -4)
        #expect(progress[0].next >= step - 2)
        #expect(try authenticators[1].parameters == .totp(algorithm: .sha256, period: 60))
        #expect(progress[1].next == step / 2 + 6)
        #expect(progress[2].next == step + 5)
    }

    static let refusals: [(key: String, reason: String)] = [
        (
            key(policy: "<PINPolicy MinLength=\"4\"/>"),
            "its PINPolicy cannot be honoured"
        ),
        (
            key(policy: "<NumberOfTransactions>9</NumberOfTransactions>"),
            "its NumberOfTransactions cannot be honoured"
        ),
        (
            key(policy: "<ExpiryDate>2030-01-01T00:00:00Z</ExpiryDate>"),
            "its StartDate or ExpiryDate cannot be honoured"
        ),
        (
            key(policy: "<KeyUsage>CR</KeyUsage>"),
            "its KeyUsage that is not OTP cannot be honoured"
        ),
        (
            key(format: "<ResponseFormat Length=\"6\" Encoding=\"HEXADECIMAL\"/>"),
            "its Encoding that is not DECIMAL cannot be honoured"
        ),
        (
            key(format: "<ResponseFormat Length=\"6\" Encoding=\"DECIMAL\" CheckDigits=\"true\"/>"),
            "its CheckDigits cannot be honoured"
        ),
        (
            key(format: "<ResponseFormat Length=\"4\" Encoding=\"DECIMAL\"/>"),
            "digits 4 is not from 6 to 8"
        ),
        (key("ocra"), "its algorithm '\(algorithms):ocra' is not hotp or totp"),
        (key(suite: "<Suite>HMAC-MD5</Suite>"), "its Suite 'HMAC-MD5' is not known"),
        (
            key(suite: "<Suite Algorithm=\"HMAC-SHA256\"/>"),
            "its Suite has attributes, which are not known"
        ),
        (
            key("totp", data: value("TimeInterval", 30) + value("TimeDrift", 90)),
            "its clock is 90 steps off, and max_drift is 20"
        ),
        (key("totp", data: value("Time", 4_000_000_000)), "its Time is in the future"),
    ]

    @Test(arguments: refusals.indices)
    func `what cannot be honoured is refused, and the next key imported`(index: Int) throws {
        let site = try Site()
        let user = try Accounts.make().name
        let (refused, reason) = Self.refusals[index]
        let id = "<UserId>\(user)</UserId>"
        let path = try file(
            Self.container([
                refused.replacing("</AlgorithmParameters>", with: "</AlgorithmParameters>\(id)"),
                Self.key(user: "<UserId>nobody-at-all</UserId>"),
                Self.key(user: id, data: Self.value("Counter", 0)),
            ]),
            at: site
        )
        let done = try site.admin("import", "pskc", path)
        #expect(done.status == 65)
        #expect(
            done.text == """
                refused '\(user)' (key 1): \(reason)
                refused 'nobody-at-all' (key 2): there is no user 'nobody-at-all'
                imported '\(user)' (key 3) as 'token'
                1 imported, 2 refused

                """
        )
    }

    /// A secret encrypted with AES-128-CBC, and the HMAC-SHA-1 over it.
    private static func encrypted(_ value: String, mac: String) -> String {
        let plain = "<PlainValue>\(Data(secret).base64EncodedString())</PlainValue>"
        return key(format: "<ResponseFormat Length=\"8\" Encoding=\"DECIMAL\"/>").replacing(
            plain,
            with: """
                <EncryptedValue>\(cipher(value))</EncryptedValue><ValueMAC>\(mac)</ValueMAC>
                """
        )
    }

    private static func cipher(_ value: String) -> String {
        """
        <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
        <xenc:CipherData><xenc:CipherValue>\(value)</xenc:CipherValue></xenc:CipherData>
        """
    }

    private static func macMethod(_ value: String) -> String {
        """
        <MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1">
        <MACKey>\(cipher(value))</MACKey></MACMethod>
        """
    }

    /// The values of RFC 6030, Figure 6: a key that both sides have.
    private static let underKey = container(
        [
            encrypted(
                "AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv",
                mac: "Su+NvtQfmvfJzF6bmQiJqoLRExc="
            )
        ],
        head: "<EncryptionKey><ds:KeyName>Pre-shared-key</ds:KeyName></EncryptionKey>"
            + macMethod("ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX")
    )
    private static let key = "12345678901234567890123456789012"

    /// The values of RFC 6030, Figure 7: a passphrase.
    private static let underPassphrase = container(
        [
            encrypted(
                "oTvo+S22nsmS2Z/RtcoF8Hfh+jzMe0RkiafpoDpnoZTjPYZu6V+A4aEn032yCr4f",
                mac: "LP6xMvjtypbfT9PdkJhBZ+D6O4w="
            )
        ],
        head: """
            <EncryptionKey><xenc11:DerivedKey><xenc11:KeyDerivationMethod
            Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2">
            <pkcs5:PBKDF2-params><Salt><Specified>Ej7/PEpyEpw=</Specified></Salt>
            <IterationCount>1000</IterationCount><KeyLength>16</KeyLength><PRF/>
            </pkcs5:PBKDF2-params></xenc11:KeyDerivationMethod></xenc11:DerivedKey></EncryptionKey>
            """
                + macMethod("2GTTnLwM3I4e5IO5FkufoOEiOhNj91fhKRQBtBJYluUDsPOLTfUvoU2dStyOwYZx")
    )
    private static let passphrase = "qwerty"

    /// Imports a file for somebody new with what is to open it.
    private func open(
        _ text: String,
        _ option: String,
        _ opener: String,
        at site: Site
    ) throws -> (user: Text, done: Command) {
        let user = try Accounts.make().name
        let path = try file(text, at: site)
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
        (underKey, "--key-file", key), (underPassphrase, "--password-file", passphrase),
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
        let code = Peer.code(Self.secret, at: 0, digits: 8)
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
            input: String(decoding: Self.secret, as: UTF8.self)
        ).split(separator: "\n").map(String.init)
        let text = Self.underPassphrase
            .replacing(/<PRF\/>/, with: "<PRF Algorithm=\"urn:x#hmac-sha256\"/>")
            .replacing("Ej7/PEpyEpw=", with: "AQIDBAUGBwg=")
            .replacing(">1000<", with: ">2000<").replacing(">16<", with: ">32<")
            .replacing("hmac-sha1", with: "hmac-sha256").replacing("aes128", with: "aes256")
            .replacing(/(?s:<MACKey>.*<\/MACKey>)/, with: "")
            .replacing(/<xenc:CipherValue>[^<]*/, with: "<xenc:CipherValue>\(sealed[0])")
            .replacing(/<ValueMAC>[^<]*/, with: "<ValueMAC>\(sealed[1])")
        let (user, done) = try open(text, "--password-file", Self.passphrase, at: site)
        #expect(done.status == 0, "\(done.text)\(done.error)")
        let code = Peer.code(Self.secret, at: 0, digits: 8)
        #expect(try site.login([(user, code)])[0].code == Answer.success)
    }

    @Test func `what does not open an encrypted file is told`() throws {
        let site = try Site()
        let wrong = "12345678901234567890123456789013"
        let altered = Self.underKey.replacing("D+cIHIt", with: "D+cIHIu")
        let cases = [
            (altered, "--key-file", Self.key, "does not open with this passphrase or key"),
            (Self.underKey, "--key-file", wrong, "does not open with this passphrase or key"),
            (Self.underKey, "--key-file", "1234", "the key is not 16 bytes long"),
            (Self.underKey, "--password-file", "x", "its key is not made from a passphrase"),
            (Self.underPassphrase, "--password-file", "qwertz", "does not open with this"),
        ]
        for (text, option, opener, reason) in cases {
            let (user, done) = try open(text, option, opener, at: site)
            #expect(done.status == 65)
            #expect(done.text.hasPrefix("refused '\(user)' (key 1): "))
            #expect(done.text.contains(reason), "\(done.text)")
        }
        let path = try file(Self.underKey, at: site)
        let unopened = try site.admin("import", "pskc", path, "--user", "root")
        #expect(unopened.text.contains("its secret is encrypted; give --password-file or --key-fi"))
        #expect(try site.isEmpty())
    }

    @Test func `what is no PSKC file, and --user for several keys, are told`() throws {
        let site = try Site()
        let entity = Self.container([Self.key(user: "<UserId>&root;</UserId>")])
            .replacing("?>", with: "?><!DOCTYPE KeyContainer [<!ENTITY root 'root'>]>")
        for text in ["", "x", "<a/>", "<KeyContainer/>x", entity] {
            let done = try site.admin("import", "pskc", try file(text, at: site))
            #expect(done.status == 65)
            #expect(done.error.contains("this is not"), "\(text): \(done.error)")
        }
        let two = try file(Self.container([Self.key(), Self.key()]), at: site)
        let done = try site.admin("import", "pskc", two, "--user", "root")
        #expect(done.status == 64)
        #expect(done.error.contains("the file has 2 keys; --user is for a file with one"))
    }
}
