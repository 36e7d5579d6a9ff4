import OTP
import System
import Testing
import Verification

/// One round, so that tests are quick; the hash itself is tested with OTP.
private let iterations: UInt32 = 1

/// The code of these tests for a slot.
func recoveryCode(_ slot: Int) -> String { "\(slot)ABC-DEFG-HJKM-NPQR" }

/// A set of ten such codes.
func recoverySet(id: UInt64 = 7) throws -> RecoverySet {
    let salt = [UInt8](repeating: 0x5a, count: RecoverySet.saltLength)
    var hashes: [[UInt8]] = []
    for slot in 0..<RecoveryCode.count {
        guard let code = RecoveryCode(parsing: recoveryCode(slot).utf8) else {
            throw NotARecoveryCode()
        }
        let hash = code.hash(salt: SecretBytes(salt), iterations: iterations)
        hashes.append(hash.withUnsafeBytes { Array($0) })
    }
    return RecoverySet(
        id: Identifier(value: id),
        salt: salt,
        iterations: iterations,
        hashes: hashes
    )
}

/// A set of recovery codes such as google-authenticator writes.
func importedSet(_ codes: [String], id: UInt64 = 8) -> RecoverySet {
    let salt = [UInt8](repeating: 0xa5, count: RecoverySet.saltLength)
    return RecoverySet(
        id: Identifier(value: id),
        salt: salt,
        iterations: iterations,
        hashes: codes.map { code in
            let text = SecretBytes(Array(code.utf8))
            return RecoveryCode.hash(of: text, salt: SecretBytes(salt), iterations: iterations)
                .withUnsafeBytes { Array($0) }
        }
    )
}

private struct NotARecoveryCode: Error {}
