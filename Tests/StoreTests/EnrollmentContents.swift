import EnrollmentContents
import OTP
import Store
import System
import Verification

extension EnrollmentContents {
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
