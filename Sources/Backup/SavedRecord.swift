internal import Store
internal import System
package import Verification

/// One person's record in a backup.
///
///     4  uid
///     …  588 bytes of state, see `SavedState`
///     …  the enrollment, see `EnrollmentFile`, its secrets sealed under the backup's own key
package struct SavedRecord {
    package let enrollment: Enrollment
    package let state: LoginState

    package init(enrollment: Enrollment, state: LoginState) {
        self.enrollment = enrollment
        self.state = state
    }

    func encode(under key: borrowing HostKey) throws(SystemError) -> [UInt8] {
        let uid = enrollment.uid
        return try uid.littleEndianBytes + SavedState.encode(state, uid: uid)
            + EnrollmentFile.encode(enrollment, under: key)
    }

    /// Nil for what `encode` does not make.
    init?(_ bytes: [UInt8], under key: borrowing HostKey) {
        let rest = bytes.dropFirst(4)
        guard let uid = UserID(littleEndianBytes: bytes.prefix(4)),
            let state = SavedState.decode(Array(rest.prefix(SavedState.size)), uid: uid)
        else { return nil }
        do throws(StoreError) {
            enrollment = try EnrollmentFile.decode(
                Array(rest.dropFirst(SavedState.size)),
                uid: uid,
                path: "",
                under: key
            )
        } catch {
            return nil
        }
        self.state = state
    }
}
