import OTP
import System
import Testing

@Suite struct OTPAuthURIParsingTests {
    /// Google's Key URI Format: algorithm SHA1, digits 6 and period 30 unless said otherwise.
    @Test func `what a URI leaves out is what apps assume`() throws {
        let parts = try URIParts(parsing: "otpauth://totp/alice?secret=\(exampleSecretText)")
        #expect(parts == URIParts(account: "alice", try .totp()))
    }

    @Test(arguments: [
        "OTPAUTH://TOTP/alice?SECRET=\(exampleSecretText)",
        "otpauth://totp/alice?secret=jbswy3dpehpk3pxpjbswy3dpehpk3pxp",
        "otpauth://totp/alice?secret=JBSWY3DPEHPK3PXP%20JBSWY3DPEHPK3PXP",
        "otpauth://totp/alice?image=https%3A%2F%2Fexample.org&secret=\(exampleSecretText)&x",
        "otpauth://totp/%61lice?secret=\(exampleSecretText)&algorithm=sha1&digits=6&period=30",
        "otpauth://totp/alice?&secret=\(exampleSecretText)&",
    ])
    func `case, order and unknown parameters do not matter`(uri: String) throws {
        #expect(try URIParts(parsing: uri) == URIParts(account: "alice", try .totp()))
    }

    @Test(arguments: [
        ("Example:alice", "Example"), ("Example%3Aalice", "Example"),
        ("Example%3a%20alice", "Example"),
        ("Example:%20%20alice", "Example"), ("alice", ""), ("%20alice%20", ""),
    ])
    func `the label is issuer and account`(label: String, issuer: String) throws {
        let parts = try URIParts(parsing: "otpauth://totp/\(label)?secret=\(exampleSecretText)")
        #expect(parts.issuer == issuer)
        #expect(parts.account == "alice")
    }

    @Test func `the parameter goes before the label's issuer`() throws {
        let parts = try URIParts(
            parsing: "otpauth://totp/Old:alice?issuer=New%20Name&secret=\(exampleSecretText)"
        )
        #expect(parts.issuer == "New Name")
        #expect(parts.account == "alice")
    }

    /// oathtool's code for the same secret and parameters: `--totp=… -s … -d … -N @1700000000`, or
    /// `-c 5`.
    @Test(arguments: [
        ("totp/a?secret=\(exampleSecretText)", "406058"),
        ("totp/a?secret=\(exampleSecretText)&algorithm=SHA256&digits=8&period=60", "92633517"),
        ("totp/a?secret=\(exampleSecretText)&algorithm=SHA512&digits=7&period=45", "0068244"),
        ("hotp/a?secret=\(exampleSecretText)&counter=5", "523004"),
    ])
    func `a URI's codes are oathtool's`(uri: String, code: String) throws {
        let uri = try OTPAuthURI(parsing: "otpauth://\(uri)".utf8)
        let digits = uri.parameters.digits
        let counter =
            switch uri.parameters.movingFactor {
            case .timeStep(let period):
                UInt64(TOTP.step(at: 1_700_000_000, period: period))
            case .counter: uri.counter
            }
        let number = HOTP.code(
            secret: uri.secret,
            counter: counter,
            algorithm: uri.parameters.algorithm,
            digits: digits
        )
        #expect(HOTP.text(number, digits: digits) == text(code))
    }
}
