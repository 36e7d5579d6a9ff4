import OTP
import System
import Testing

/// A URI that cannot be honoured, and why.
struct BadURI: CustomTestStringConvertible {
    let uri: String
    let error: OTPAuthURIError

    var testDescription: String { uri }

    init(_ uri: String, _ error: OTPAuthURIError) {
        self.uri = uri
        self.error = error
    }

    private static let good = "secret=\(exampleSecretText)"

    static let shapes = [
        BadURI("", .notOTPAuth),
        BadURI("otpauth:/totp/a?\(good)", .notOTPAuth),
        BadURI("https://totp/a?\(good)", .notOTPAuth),
        BadURI(" otpauth://totp/a?\(good)", .notOTPAuth),
        BadURI("otpauth://yubikey/a?\(good)", .unsupportedType),
        BadURI("otpauth:///a?\(good)", .unsupportedType),
        BadURI("otpauth://?\(good)", .unsupportedType),
        BadURI("otpauth://totp/%?\(good)", .badPercentEncoding),
        BadURI("otpauth://totp/%4?\(good)", .badPercentEncoding),
        BadURI("otpauth://totp/%zz?\(good)", .badPercentEncoding),
        BadURI("otpauth://totp/a?\(good)&issuer=%", .badPercentEncoding),
        BadURI("otpauth://totp/a?\(good)&issuer=%+1", .badPercentEncoding),
        BadURI("otpauth://totp/a", .missingSecret),
        BadURI("otpauth://totp/a?", .missingSecret),
        BadURI("otpauth://totp/a?secrets=\(exampleSecretText)", .missingSecret),
        BadURI("otpauth://totp/a?secret=\(exampleSecretText)1", .badSecret),
        BadURI("otpauth://totp/a?secret=A", .badSecret),
        BadURI("otpauth://hotp/a?\(good)", .missingCounter),
    ]

    static let parameters = [
        BadURI("otpauth://totp/a?\(good)&digits=six", .badNumber(parameter: "digits")),
        BadURI("otpauth://totp/a?\(good)&digits=", .badNumber(parameter: "digits")),
        BadURI("otpauth://totp/a?\(good)&period=-30", .badNumber(parameter: "period")),
        BadURI("otpauth://totp/a?\(good)&period=%2B30", .badNumber(parameter: "period")),
        BadURI(
            "otpauth://hotp/a?\(good)&counter=18446744073709551616",
            .badNumber(parameter: "counter")
        ),
        BadURI("otpauth://hotp/a?\(good)&counter", .badNumber(parameter: "counter")),
        BadURI("otpauth://totp/a?\(good)&\(good)", .repeated(parameter: "secret")),
        BadURI("otpauth://totp/a?\(good)&digits=6&DIGITS=6", .repeated(parameter: "digits")),
        BadURI("otpauth://totp/a?\(good)&issuer=a&issuer=b", .repeated(parameter: "issuer")),
        BadURI("otpauth://totp/a?\(good)&digits=5", .unsupported(.unsupportedDigits(5))),
        BadURI("otpauth://totp/a?\(good)&digits=9", .unsupported(.unsupportedDigits(9))),
        BadURI("otpauth://totp/a?\(good)&period=0", .unsupported(.unsupportedPeriod(0))),
        BadURI("otpauth://totp/a?\(good)&period=301", .unsupported(.unsupportedPeriod(301))),
        BadURI("otpauth://totp/a?\(good)&algorithm=MD5", .unsupported(.unsupportedAlgorithm)),
        BadURI("otpauth://totp/a?\(good)&algorithm=", .unsupported(.unsupportedAlgorithm)),
        BadURI("otpauth://totp/a?secret=", .unsupported(.unsupportedSecretLength(bytes: 0))),
        BadURI(
            "otpauth://totp/a?secret=GEZDGNBVGY3TQOI",
            .unsupported(.unsupportedSecretLength(bytes: 9))
        ),
        BadURI(
            "otpauth://totp/a?secret=\(String(repeating: "A", count: 207))",
            .unsupported(.unsupportedSecretLength(bytes: 129))
        ),
    ]
}

@Suite struct OTPAuthURIErrorTests {
    @Test(arguments: BadURI.shapes + BadURI.parameters)
    func `a URI that cannot be honoured is refused, with its reason`(bad: BadURI) {
        #expect(throws: bad.error) { try URIParts(parsing: bad.uri) }
    }

    @Test(arguments: BadURI.shapes + BadURI.parameters)
    func `a refusal does not repeat the secret`(bad: BadURI) {
        #expect(!bad.error.description.description.contains(exampleSecretText))
        #expect(!bad.error.description.isEmpty)
    }

    @Test func `no cut of a URI is read as a whole one`() throws {
        let whole = try URIParts(issuer: "Example", account: "alice", .totp(digits: 8, period: 60))
            .uri()
        let parts = try URIParts(parsing: whole)
        for length in 0..<whole.utf8.count {
            let cut = String(whole.prefix(length))
            #expect((try? URIParts(parsing: cut)) != parts)
        }
    }
}
