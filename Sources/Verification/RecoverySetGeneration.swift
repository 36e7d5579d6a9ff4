internal import OTP
package import System

extension RecoverySet {
    /// Ten new codes: the set that is kept, and the codes as they are shown, once, in order of slot.
    package static func generate() throws(SystemError) -> (set: RecoverySet, codes: [Text]) {
        let salt = Salt(try RandomBytes.secret(count: saltLength))
        var hashes: [[UInt8]] = []
        var codes: [Text] = []
        for slot in 0..<RecoveryCode.count {
            let code = try RecoveryCode.generate(slot: slot)
            let hash = code.hash(salt: salt.bytes, iterations: RecoveryCode.iterations)
            hashes.append(unsafe hash.withUnsafeBytes { unsafe Array($0) })
            codes.append(code.text())
        }
        let set = RecoverySet(
            id: try .random(),
            salt: salt,
            iterations: RecoveryCode.iterations,
            hashes: hashes
        )
        return (set, codes)
    }

    /// A set of codes that another program has given out, 1 to `RecoveryCode.count` of them.
    package static func imported(_ codes: [Text]) throws(SystemError) -> RecoverySet {
        let salt = Salt(try RandomBytes.secret(count: saltLength))
        return RecoverySet(
            id: try .random(),
            salt: salt,
            iterations: RecoveryCode.iterations,
            hashes: codes.map { code in
                let hash = RecoveryCode.hash(of: SecretBytes(code.utf8), salt: salt.bytes)
                return unsafe hash.withUnsafeBytes { unsafe Array($0) }
            }
        )
    }
}
