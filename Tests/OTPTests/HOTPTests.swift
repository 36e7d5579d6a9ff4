import OTP
import System
import Testing

/// A test value of RFC 4226 Appendix D: the code for a counter under the key below.
struct HOTPVector: CustomTestStringConvertible {
    let counter: UInt64
    let code: Text

    var testDescription: String { "counter \(counter)" }

    static let key = Array("12345678901234567890".utf8)

    static let rfc4226AppendixD = [
        "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
        "520489",
    ].enumerated().map { HOTPVector(counter: UInt64($0), code: Text($1.utf8)) }
}

@Suite struct HOTPTests {
    @Test(arguments: HOTPVector.rfc4226AppendixD)
    func `matches RFC 4226 Appendix D`(vector: HOTPVector) {
        let secret = SecretBytes(HOTPVector.key)
        let code = HOTP.code(secret: secret, counter: vector.counter, algorithm: .sha1, digits: 6)
        #expect(HOTP.text(code, digits: 6) == vector.code)
    }
}
