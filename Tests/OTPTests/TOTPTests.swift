import OTP
import System
import Testing

/// A row of RFC 6238 Appendix B: the eight-digit code at a time, by the key of the hash's length.
struct TOTPVector: CustomTestStringConvertible {
    let time: Int64
    let algorithm: HashAlgorithm
    let code: String

    var testDescription: String { "\(algorithm) at \(time)" }

    /// The ASCII digits 1234567890 over and over: 20, 32 or 64 bytes (RFC 6238 erratum 2866).
    var key: [UInt8] {
        let length =
            switch algorithm {
            case .sha1: 20
            case .sha256: 32
            case .sha512: 64
            }
        return (0..<length).map { Array("1234567890".utf8)[$0 % 10] }
    }

    static let rfc6238AppendixB: [TOTPVector] = [
        (59, "94287082", "46119246", "90693936"),
        (1_111_111_109, "07081804", "68084774", "25091201"),
        (1_111_111_111, "14050471", "67062674", "99943326"),
        (1_234_567_890, "89005924", "91819424", "93441116"),
        (2_000_000_000, "69279037", "90698825", "38618901"),
        (20_000_000_000, "65353130", "77737706", "47863826"),
    ].flatMap { (time: Int64, sha1: String, sha256: String, sha512: String) in
        [
            TOTPVector(time: time, algorithm: .sha1, code: sha1),
            TOTPVector(time: time, algorithm: .sha256, code: sha256),
            TOTPVector(time: time, algorithm: .sha512, code: sha512),
        ]
    }
}

@Suite struct TOTPTests {
    @Test(arguments: TOTPVector.rfc6238AppendixB)
    func `matches RFC 6238 Appendix B`(vector: TOTPVector) throws {
        let secret = SecretBytes(vector.key)
        let step = TOTP.step(at: vector.time, period: 30)
        let found = TOTP.code(
            secret: secret,
            step: step,
            algorithm: vector.algorithm,
            digits: 8
        )
        let code = try #require(found)
        #expect(HOTP.text(code, digits: 8) == text(vector.code))
    }

    /// The column "Value of T (Hex)" of RFC 6238 Appendix B.
    @Test(arguments: [
        (Int64(59), Int64(0x1)), (1_111_111_109, 0x23523EC), (1_111_111_111, 0x23523ED),
        (1_234_567_890, 0x273EF07), (2_000_000_000, 0x3F940AA), (20_000_000_000, 0x27BC_86AA),
    ])
    func `a time is in the step that RFC 6238 Appendix B names`(time: Int64, step: Int64) {
        #expect(TOTP.step(at: time, period: 30) == step)
    }

    @Test(arguments: [
        (Int64(-61), Int64(-3)), (-60, -2), (-31, -2), (-30, -1), (-1, -1), (0, 0), (1, 0),
        (29, 0), (30, 1), (59, 1), (60, 2),
    ])
    func `every step is thirty seconds long, around 1970 as well`(time: Int64, step: Int64) {
        #expect(TOTP.step(at: time, period: 30) == step)
    }

    /// By Python's rounding towards minus infinity.
    ///
    /// python3 -c 'print((2**63-1)//30, -(2**63)//30, -(2**63)//300)'
    @Test(arguments: [
        (Int64.max, Int64(30), Int64(307_445_734_561_825_860)),
        (.min, 30, -307_445_734_561_825_861), (.min, 300, -30_744_573_456_182_587),
        (.max, 1, .max), (.min, 1, .min),
    ])
    func `the ends of time have steps`(time: Int64, period: Int64, step: Int64) {
        #expect(TOTP.step(at: time, period: period) == step)
    }

    @Test(arguments: [Int64(-1), -2, .min])
    func `a step before 1970 has no code`(step: Int64) {
        let secret = SecretBytes(exampleSecret)
        let code = TOTP.code(secret: secret, step: step, algorithm: .sha1, digits: 6)
        #expect(code == nil)
    }
}
