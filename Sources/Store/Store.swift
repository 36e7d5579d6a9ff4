package import System
internal import Verification

/// The folder that holds everybody's record, opened under the key that belongs to it.
package struct Store: ~Copyable {
    /// Whose files are believed: 0, but in tests.
    let owner: UserID
    let path: Text
    let folder: FileDescriptor
    let users: FileDescriptor
    let key: HostKey

    static let markerName: Text = "store"
    static let usersName: Text = "users"

    /// Opens the store that the configuration names and makes sure that it is the key's own: an
    /// unmounted store must not look like one in which nobody is enrolled.
    package init(_ configuration: Configuration, owner: UserID = 0) throws(StoreError) {
        let path = configuration.store
        let trust = Trust.writtenByOwner(owner)
        let key = try HostKey.read(path: configuration.keyFile, owner: owner)
        let folder = try StoreError.wrapping { () throws(FileError) in
            try TrustedFile.open(path, .directory, trust: trust)
        }
        let contents = try StoreError.wrapping { () throws(FileError) in
            try TrustedFile.read(
                Self.markerName,
                in: folder,
                path: "\(path)/\(Self.markerName)",
                limit: 256,
                trust: trust
            )
        }
        guard contents.elementsEqual(Self.markerContents(key)) else {
            throw .foreignStore(path: path)
        }
        // A folder that is missing here would make everybody look not enrolled, too.
        let users = try StoreError.wrapping { () throws(FileError) in
            try TrustedFile.open(
                Self.usersName,
                in: folder,
                path: "\(path)/\(Self.usersName)",
                .directory,
                trust: trust
            )
        }
        self.owner = owner
        self.path = path
        self.folder = folder
        self.users = users
        self.key = key
    }

    static func markerContents(_ key: borrowing HostKey) -> [UInt8] {
        ("pam-totp store 1\nid \(Hexadecimal.encode(key.storeID))\n" as Text).utf8
    }

    func recordPath(of uid: UserID) -> Text { "\(path)/\(Self.usersName)/\(uid)" }

    /// Whether the person has an enrollment; an error when that cannot be told.
    package func isEnrolled(_ uid: UserID) throws(StoreError) -> Bool {
        do throws(FileError) {
            let record = try openRecord(of: uid)
            _ = try TrustedFile.open(
                EnrollmentFile.name,
                in: record,
                path: "\(recordPath(of: uid))/\(EnrollmentFile.name)",
                trust: .writtenByOwner(owner)
            )
            return true
        } catch {
            if error.isNotFound { return false }
            throw .file(error)
        }
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

    /// The enrollment in a person's locked folder; nil if there is none.
    func enrollment(
        in record: borrowing FileDescriptor,
        of uid: UserID
    ) throws(StoreError) -> Enrollment? {
        let path: Text = "\(recordPath(of: uid))/\(EnrollmentFile.name)"
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try TrustedFile.read(
                EnrollmentFile.name,
                in: record,
                path: path,
                limit: EnrollmentFile.sizeLimit,
                trust: .writtenByOwner(owner)
            )
        } catch {
            if error.isNotFound { return nil }
            throw .file(error)
        }
        return try EnrollmentFile.decode(bytes, uid: uid, path: path, under: key)
    }

    func stateFile(
        in record: borrowing FileDescriptor,
        of uid: UserID
    ) throws(StoreError) -> StateFile {
        try StateFile.open(
            in: record,
            path: "\(recordPath(of: uid))/\(StateFile.name)",
            uid: uid,
            owner: owner
        )
    }
}
