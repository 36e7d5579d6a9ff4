import OTP
import System
import Testing

/// A recovery code and its hash.
///
/// python3 -c 'import hashlib; print(hashlib.pbkdf2_hmac("sha256", CODE, SALT, ROUNDS, 32).hex())'
struct RecoveryHashVector: CustomTestStringConvertible {
    /// As somebody types it; python was given the sixteen symbols, upper case, without dashes.
    let typed: String
    let salt: String
    let iterations: UInt32
    let hash: String

    var testDescription: String { typed }

    static let pythonHashlib = [
        RecoveryHashVector(
            typed: "0123-4567-89AB-CDEF",
            salt: "000102030405060708090a0b0c0d0e0f",
            iterations: 1000,
            hash: "18cb607b36bf8cd5c2b059329d62542952fd8009320648514d75814174bac2a9"
        ),
        RecoveryHashVector(
            typed: "o1234567 89abcdef",
            salt: "000102030405060708090a0b0c0d0e0f",
            iterations: 1000,
            hash: "18cb607b36bf8cd5c2b059329d62542952fd8009320648514d75814174bac2a9"
        ),
        RecoveryHashVector(
            typed: "9zyx-wvts-rqpn-mkjh",
            salt: "73616c74",
            iterations: 1,
            hash: "6e6fe27a5b32b1e39b99d4826442bf0284f25da46604d48a6b1ef720dbace87d"
        ),
        RecoveryHashVector(
            typed: "5ooo-oooo-oooo-oooo",
            salt: "ffffffffffffffffffffffffffffffff",
            iterations: 1234,
            hash: "abfeaf4b2718be868f79319721f0c713944d72f91ff5ba7040267b735fb59e65"
        ),
    ]
}

@Suite struct RecoveryCodeHashTests {
    @Test(arguments: RecoveryHashVector.pythonHashlib)
    func `the hash is PBKDF2 of the code's sixteen symbols`(vector: RecoveryHashVector) throws {
        let code = try parsed(vector.typed)
        let hash = code.hash(
            salt: SecretBytes([UInt8](hexadecimal: vector.salt)),
            iterations: vector.iterations
        )
        let bytes = hash.bytes
        #expect(bytes == [UInt8](hexadecimal: vector.hash))
    }

    /// NIST SP 800-132 §5.2 asks for 1,000 rounds; so does the file format's default.
    @Test func `without more it takes a thousand rounds`() throws {
        let code = try parsed("0123-4567-89AB-CDEF")
        let bytes = code.hash(salt: SecretBytes(Array(0...15))).bytes
        #expect(bytes == [UInt8](hexadecimal: RecoveryHashVector.pythonHashlib[0].hash))
    }

    @Test func `every symbol changes the hash`() throws {
        var hashes: Set<[UInt8]> = []
        let plain = Array("0000000000000000".utf8)
        for index in plain.indices {
            var changed = plain
            changed[index] = UInt8(ascii: "9")
            let code = try parsed(String(decoding: changed, as: UTF8.self))
            hashes.insert(code.hash(salt: SecretBytes([1, 2, 3]), iterations: 1).bytes)
        }
        #expect(hashes.count == plain.count)
    }

    private func parsed(_ text: String) throws -> RecoveryCode {
        guard let code = RecoveryCode(parsing: text.utf8) else { throw NotACode() }
        return code
    }

    private struct NotACode: Error {}
}
