import OTP
import Store
import System
import Verification

/// Everything an enrollment says, secrets included, in a form that can be compared.
struct EnrollmentContents: Equatable {
    struct Item: Equatable {
        let id: Identifier
        let name: Text
        let parameters: OTPParameters
        let enrolledAt: Int64
        let secret: [UInt8]
    }

    let uid: UserID
    let name: Text
    let authenticators: [Item]
    let recovery: RecoverySet?
    let importedRecovery: RecoverySet?

    init(_ enrollment: Enrollment) {
        uid = enrollment.uid
        name = enrollment.name
        authenticators = enrollment.authenticators.map {
            Item(
                id: $0.id,
                name: $0.name,
                parameters: $0.parameters,
                enrolledAt: $0.enrolledAt,
                secret: $0.secret.withUnsafeBytes { Array($0) }
            )
        }
        recovery = enrollment.recovery
        importedRecovery = enrollment.importedRecovery
    }

    /// What a file says to a holder of the key.
    init(decoding bytes: [UInt8], uid: UserID = 1000, key: UInt8 = 1) throws(StoreError) {
        let key = hostKey(key)
        self.init(try EnrollmentFile.decode(bytes, uid: uid, path: "/enrollment", under: key))
    }
}

/// One of two hosts' keys.
func hostKey(_ number: UInt8 = 1) -> HostKey {
    HostKey(
        storeID: [UInt8](repeating: number, count: 16),
        key: SecretBytes([UInt8](repeating: number, count: 32))
    )
}

func encoded(_ enrollment: Enrollment, key: UInt8 = 1) throws -> [UInt8] {
    let key = hostKey(key)
    return try EnrollmentFile.encode(enrollment, under: key)
}
