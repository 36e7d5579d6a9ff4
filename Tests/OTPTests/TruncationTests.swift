import OTP
import System
import Testing

/// A row of RFC 4226 Appendix D's second table: what dynamic truncation gives, in decimal.
struct TruncationVector: CustomTestStringConvertible {
    let counter: UInt64
    let truncated: String

    var testDescription: String { "counter \(counter)" }

    /// The column "Decimal" of "Truncated", with the zeros that make ten digits of it.
    static let rfc4226AppendixD = [
        "1284755224", "1094287082", "0137359152", "1726969429", "1640338314", "0868254676",
        "1918287922", "0082162583", "0673399871", "0645520489",
    ].enumerated().map { TruncationVector(counter: UInt64($0), truncated: $1) }
}

@Suite struct TruncationTests {
    @Test(arguments: TruncationVector.rfc4226AppendixD, 6...8)
    func `a code is the last digits of RFC 4226's truncated value`(
        vector: TruncationVector,
        digits: Int
    ) {
        let secret = SecretBytes(HOTPVector.key)
        let code = HOTP.code(
            secret: secret,
            counter: vector.counter,
            algorithm: .sha1,
            digits: digits
        )
        #expect(HOTP.text(code, digits: digits) == text(String(vector.truncated.suffix(digits))))
    }

    @Test(arguments: [
        (0, 6, "000000"), (7, 6, "000007"), (82_162, 7, "0082162"), (82_162_583, 8, "82162583"),
        (2_162_583, 8, "02162583"), (999_999, 6, "999999"),
    ])
    func `a code is written with its leading zeros`(code: UInt32, digits: Int, expected: String) {
        #expect(HOTP.text(code, digits: digits) == text(expected))
    }

    @Test(arguments: [(6, 1_000_000), (7, 10_000_000), (8, 100_000_000)])
    func `there are ten to the digits codes`(digits: Int, count: UInt32) {
        #expect(HOTP.modulus(digits: digits) == count)
    }

    /// The codes are oathtool's.
    ///
    /// oathtool -c COUNTER -d 8 3132333435363738393031323334353637383930
    @Test(arguments: [
        (UInt64(1) << 32, "55999456"), (UInt64(Int64.max), "50181742"),
    ])
    func `all eight bytes of the counter matter`(counter: UInt64, expected: String) {
        let secret = SecretBytes(HOTPVector.key)
        let code = HOTP.code(secret: secret, counter: counter, algorithm: .sha1, digits: 8)
        #expect(HOTP.text(code, digits: 8) == text(expected))
    }
}
