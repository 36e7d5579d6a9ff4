internal import OTP
package import System
internal import Verification

/// Reading a record; what a login does with it is in `Login`.
extension Store {
    /// Whether the person has an enrollment; an error when that cannot be told.
    package func isEnrolled(_ uid: UserID) throws(StoreError) -> Bool {
        try withRecord(of: uid) { (record) throws(StoreError) in
            try enrollmentBytes(in: record, of: uid) != nil
        } ?? false
    }

    /// How many digits the codes of each of a person's authenticators have; nil if they are not
    /// enrolled.
    ///
    /// Taken from the enrollment as it is, without the lock: nobody has given a password yet, and
    /// what they do must hold nobody up.
    package func codeDigits(of uid: UserID) throws(StoreError) -> [Int]? {
        let record: FileDescriptor
        do throws(FileError) {
            record = try openRecord(of: uid)
        } catch {
            if error.isNotFound { return nil }
            throw .file(error)
        }
        return try enrollment(in: record, of: uid)?.authenticators.map { $0.parameters.digits }
    }

    func openRecord(of uid: UserID) throws(FileError) -> FileDescriptor {
        try TrustedFile.open(
            "\(uid)",
            in: users,
            path: recordPath(of: uid),
            .directory,
            trust: .writtenByOwner(owner)
        )
    }

    /// The enrollment in a person's folder; nil if there is none.
    func enrollment(
        in record: borrowing FileDescriptor,
        of uid: UserID
    ) throws(StoreError) -> Enrollment? {
        guard let bytes = try enrollmentBytes(in: record, of: uid) else { return nil }
        let path: Text = "\(recordPath(of: uid))/\(EnrollmentFile.name)"
        do throws(StoreError) {
            return try EnrollmentFile.decode(bytes, uid: uid, path: path, under: key)
        } catch {
            guard case .cannotUnseal = error else { throw error }
        }
        // The key may have been changed since it was read: one that opens this is in its file now.
        let key = try HostKey.read(path: keyFile, owner: owner)
        return try EnrollmentFile.decode(bytes, uid: uid, path: path, under: key)
    }

    /// What is in the enrollment file.
    ///
    /// A state without one is a record that lost its half: its owner must not look like somebody
    /// who was never enrolled.
    func enrollmentBytes(
        in record: borrowing FileDescriptor,
        of uid: UserID
    ) throws(StoreError) -> [UInt8]? {
        let path: Text = "\(recordPath(of: uid))/\(EnrollmentFile.name)"
        do throws(FileError) {
            return try TrustedFile.read(
                EnrollmentFile.name,
                in: record,
                path: path,
                limit: EnrollmentFile.sizeLimit,
                trust: .writtenByOwner(owner)
            )
        } catch {
            guard error.isNotFound else { throw .file(error) }
        }
        let hasState = try StoreError.wrapping(path: path) { () throws(SystemError) in
            try record.names().contains(StateFile.name)
        }
        if hasState { throw .missingEnrollment(path: path) }
        return nil
    }

    func stateFile(
        in record: borrowing FileDescriptor,
        of uid: UserID
    ) throws(StoreError) -> StateFile {
        try StateFile.open(in: record, path: statePath(of: uid), uid: uid, owner: owner)
    }

    /// The state for those who only look at it.
    func state(
        in record: borrowing FileDescriptor,
        of uid: UserID
    ) throws(StoreError) -> LoginState {
        try StateFile.read(in: record, path: statePath(of: uid), uid: uid, owner: owner)
    }

    private func statePath(of uid: UserID) -> Text { "\(recordPath(of: uid))/\(StateFile.name)" }
}
