internal import System
internal import Verification

/// Putting a record on the disk.
extension Store {
    static let folderMode: FileMode = 0o750
    static let enrollmentMode: FileMode = 0o640
    /// The helper's group writes it; a login's own process is root.
    static let stateMode: FileMode = 0o660

    /// Throws if no record and no state can be written now: their file system is read-only, say, as it
    /// may be after an error of its disk.
    package func checkWritable() throws(StoreError) {
        try StoreError.wrapping(path: "\(path)/\(Self.usersName)") { () throws(SystemError) in
            try users.checkWritable()
        }
    }

    /// The enrollment is prepared before the state is touched, so that a full disk changes nothing;
    /// the state goes first, so that what is removed is inactive before it disappears.
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
}
