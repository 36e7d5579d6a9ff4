import OTP
import System
import Testing

/// A URI's parts, in a form that can be compared.
struct URIParts: Equatable, CustomTestStringConvertible {
    var issuer = ""
    var account = ""
    var parameters: OTPParameters?
    var counter: UInt64 = 0
    var secret = exampleSecret

    var testDescription: String { "\(issuer):\(account)" }

    init(issuer: String = "", account: String, _ parameters: OTPParameters?, counter: UInt64 = 0) {
        self.issuer = issuer
        self.account = account
        self.parameters = parameters
        self.counter = counter
    }

    init(parsing uri: String) throws(OTPAuthURIError) {
        let uri = try OTPAuthURI(parsing: uri.utf8)
        issuer = uri.issuer.description
        account = uri.account.description
        parameters = uri.parameters
        counter = uri.counter
        secret = uri.secret.bytes
    }

    func uri(leavingOutDefaults: Bool = false) throws -> String {
        let uri = OTPAuthURI(
            issuer: text(issuer),
            account: text(account),
            parameters: try #require(parameters),
            counter: counter,
            secret: SecretBytes(secret)
        )
        return uri.text(leavingOutDefaults: leavingOutDefaults).description
    }
}

@Suite struct OTPAuthURITests {
    @Test func `a URI says everything`() throws {
        let parts = URIParts(issuer: "Example", account: "alice", try .totp())
        let expected =
            "otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example"
            + "&algorithm=SHA1&digits=6&period=30"
        #expect(try parts.uri() == expected)
    }

    @Test func `a short URI leaves out the defaults, and is read as the whole one`() throws {
        for parameters in [
            try OTPParameters.totp(), try .totp(algorithm: .sha256, digits: 8, period: 60),
            try .totp(digits: 7), try .hotp(algorithm: .sha1, digits: 6),
        ] {
            let parts = URIParts(issuer: "Example", account: "alice", parameters, counter: 7)
            let (whole, short) = (try parts.uri(), try parts.uri(leavingOutDefaults: true))
            let read = try (URIParts(parsing: whole), URIParts(parsing: short))
            #expect(read.0.parameters == parameters && read.1.parameters == parameters)
            #expect(read.0.counter == read.1.counter && read.0.secret == read.1.secret)
        }
        let short = try URIParts(account: "alice", try .totp()).uri(leavingOutDefaults: true)
        #expect(short == "otpauth://totp/alice?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    }

    @Test func `a counter-based URI has a counter for a period`() throws {
        let parts = URIParts(
            account: "alice",
            try .hotp(algorithm: .sha256, digits: 8),
            counter: 18_446_744
        )
        let expected =
            "otpauth://hotp/alice?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA256&digits=8"
            + "&counter=18446744"
        #expect(try parts.uri() == expected)
    }

    /// The encoded forms are RFC 3986's, as python3's urllib.parse.quote(NAME, safe="") writes them.
    @Test(arguments: [
        ("Acme & Co", "Acme%20%26%20Co"), ("100%", "100%25"), ("a/b?c#d=e", "a%2Fb%3Fc%23d%3De"),
        ("Zürich", "Z%C3%BCrich"), ("日本", "%E6%97%A5%E6%9C%AC"), ("a+b", "a%2Bb"),
        ("-._~", "-._~"), ("a:b", "a%3Ab"),
    ])
    func `what is not unreserved is percent-encoded`(name: String, encoded: String) throws {
        let uri = try URIParts(issuer: "x", account: name, try .totp()).uri()
        #expect(uri.hasPrefix("otpauth://totp/x:\(encoded)?"))
    }

    @Test(arguments: [
        ("", "alice"), ("Example", "alice"), ("Acme & Co", "alice smith"), ("100%", "a%20b"),
        ("Zürich", "Jürg Müller"), ("日本", "太郎"), ("E", "host:alice"), ("a/b", "c?d#e=f&g+h"),
        ("E", ""), ("", ""),
    ])
    func `what was written is read back`(issuer: String, account: String) throws {
        for parameters in [
            try OTPParameters.totp(), try .totp(algorithm: .sha512, digits: 8, period: 300),
            try .totp(algorithm: .sha256, digits: 7, period: 5),
        ] {
            let parts = URIParts(issuer: issuer, account: account, parameters)
            #expect(try URIParts(parsing: parts.uri()) == parts)
        }
        let parts = URIParts(issuer: issuer, account: account, try .hotp(), counter: .max)
        #expect(try URIParts(parsing: parts.uri()) == parts)
    }

    @Test(arguments: [10, 20, 32, 64, 128])
    func `a secret of every supported length is read back`(length: Int) throws {
        var parts = URIParts(account: "alice", try .totp())
        parts.secret = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        #expect(try URIParts(parsing: parts.uri()).secret == parts.secret)
    }
}
