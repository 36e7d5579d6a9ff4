package import System
internal import Verification

/// Why a record was not changed: the store, or what the change itself found.
package enum ChangeError<Reason: Error>: Error {
    case store(StoreError)
    case reason(Reason)
}

extension Store {
    static let folderMode: FileMode = 0o750
    static let enrollmentMode: FileMode = 0o640
    /// The helper's group writes it; a login's own process is root.
    static let stateMode: FileMode = 0o660

    /// Reads a person's record; nil if they are not enrolled.
    package func record(of uid: UserID) throws(StoreError) -> Record? {
        try withRecord(of: uid) { (folder) throws(StoreError) -> Record? in
            guard let enrollment = try enrollment(in: folder, of: uid) else { return nil }
            let file = try stateFile(in: folder, of: uid)
            return Record(enrollment: enrollment, state: file.state)
        }.flatMap { $0 }
    }

    /// Changes a person's record under the lock that their logins take, so that neither side loses
    /// anything.
    ///
    /// If `body` throws, nothing is written.
    ///
    /// - Parameters:
    ///   - account: whose record.
    ///   - creating: whether somebody without a record gets one; `body` then finds it empty.
    ///   - lookUp: finds an account by name, for a record written under another name.
    ///   - body: makes the change.
    /// - Returns: what `body` returned; nil if there is no record and none was to be created.
    /// - Throws: the store's failure, or the reason that `body` threw.
    package func change<Result, Reason: Error>(
        recordOf account: Account,
        creating: Bool = false,
        lookUp: (Text) throws(SystemError) -> Account?,
        _ body: (inout Record) throws(Reason) -> Result
    ) throws(ChangeError<Reason>) -> Result? {
        var reason: Reason?
        var result: Result?
        do throws(StoreError) {
            try withRecord(of: account.uid, creating: creating) { (folder) throws(StoreError) in
                let existing = try existingEnrollment(in: folder, of: account.uid, creating)
                guard existing != nil || creating else { return }
                if let existing { try confirm(existing.name, belongsTo: account, lookUp: lookUp) }
                let state =
                    existing == nil
                    ? LoginState() : try stateFile(in: folder, of: account.uid).state
                var record = Record(
                    enrollment: existing ?? Enrollment(uid: account.uid, name: account.name),
                    state: state
                )
                do throws(Reason) {
                    result = try body(&record)
                } catch {
                    reason = error
                    return
                }
                if record.enrollment.authenticators.isEmpty {
                    // Recovery codes alone are no second factor.
                    _ = try removeFiles(of: account.uid, in: folder)
                } else {
                    try write(record, isNew: existing == nil, in: folder)
                }
            }
        } catch {
            throw .store(error)
        }
        if let reason { throw .reason(reason) }
        return result
    }

    /// The enrollment to change; nil if there is none, or if a first one was interrupted and is now
    /// done again.
    private func existingEnrollment(
        in folder: borrowing FileDescriptor,
        of uid: UserID,
        _ creating: Bool
    ) throws(StoreError) -> Enrollment? {
        do throws(StoreError) {
            return try enrollment(in: folder, of: uid)
        } catch {
            if creating, case .missingEnrollment = error { return nil }
            throw error
        }
    }

    /// The enrollment is prepared before the state is touched, so that a full disk changes nothing;
    /// the state goes first, so that what is removed is dead before it disappears.
    func write(
        _ record: Record,
        isNew: Bool,
        in folder: borrowing FileDescriptor
    ) throws(StoreError) {
        let uid = record.enrollment.uid
        let prepared = try prepare(record.enrollment, under: sealingKey(), in: folder)
        do throws(StoreError) {
            if isNew {
                try writeNew(record.state, of: uid, in: folder)
            } else {
                var file = try stateFile(in: folder, of: uid)
                // In both slots: with one of them lost, 'repair' must not find what was before, and
                // enable what this disabled.
                for _ in 0..<2 { try file.replace(with: record.state) }
            }
        } catch {
            folder.discard(prepared)
            throw error
        }
        try StoreError.wrapping(path: recordPath(of: uid)) { () throws(SystemError) in
            try folder.publish(prepared)
        }
    }

    /// Puts an enrollment on the disk in a person's locked folder, without its name yet.
    func prepare(
        _ enrollment: Enrollment,
        under key: borrowing HostKey,
        in folder: borrowing FileDescriptor
    ) throws(StoreError) -> PreparedFile {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try EnrollmentFile.encode(enrollment, under: key)
        } catch {
            throw .system(error)
        }
        return try StoreError.wrapping(path: recordPath(of: enrollment.uid)) {
            () throws(SystemError) in
            try folder.prepare(
                EnrollmentFile.name,
                bytes,
                mode: Self.enrollmentMode,
                owner: owner,
                group: folder.status().group
            )
        }
    }

    /// Puts a whole new state file in a person's folder.
    func writeNew(
        _ state: LoginState,
        of uid: UserID,
        in folder: borrowing FileDescriptor
    ) throws(StoreError) {
        try StoreError.wrapping(path: recordPath(of: uid)) { () throws(SystemError) in
            try folder.publish(
                folder.prepare(
                    StateFile.name,
                    StateFile.initialContents(state, uid: uid),
                    mode: Self.stateMode,
                    owner: owner,
                    group: folder.status().group
                )
            )
        }
    }

    /// Makes a person's folder, or sees to it that the one there is as it should be.
    ///
    /// If it is removed meanwhile, the caller finds it absent.
    func makeFolder(of uid: UserID) throws(StoreError) {
        do throws(SystemError) {
            let group = try folder.status().group
            _ = try users.makeFolder("\(uid)", mode: Self.folderMode, owner: owner, group: group)
        } catch {
            if !error.isNotFound { throw .file(.system(error, path: recordPath(of: uid))) }
        }
    }

    /// The uids that have a folder in the store, ascending.
    package func uids() throws(StoreError) -> [UserID] { try Self.uids(in: users, path: path) }

    static func uids(
        in users: borrowing FileDescriptor,
        path: Text
    ) throws(StoreError) -> [UserID] {
        let names = try StoreError.wrapping(path: path) { () throws(SystemError) in
            try users.names()
        }
        return names.compactMap { Decimal.parse($0.utf8, as: UserID.self) }.sorted()
    }
}
