internal import OTP
package import System
internal import Verification

/// The folder that holds everybody's record, opened under the key that belongs to it.
package struct Store: ~Copyable {
    /// Whose files are believed: 0, but in tests.
    let owner: UserID
    let path: Text
    let folder: FileDescriptor
    let users: FileDescriptor
    let keyFile: Text
    let key: HostKey

    static let markerName: Text = "store"
    static let usersName: Text = "users"

    /// Opens the store that the configuration names and makes sure that it is the key's own: an
    /// unmounted store must not look like one in which nobody is enrolled.
    ///
    /// What says so lies among the records, and is not there when they are not.
    package init(_ configuration: Configuration, owner: UserID = 0) throws(StoreError) {
        let path = configuration.store
        let trust = Trust.writtenByOwner(owner)
        let key = try HostKey.read(path: configuration.keyFile, owner: owner)
        let folder = try StoreError.wrapping { () throws(FileError) in
            try TrustedFile.open(path, .directory, trust: trust)
        }
        let usersPath: Text = "\(path)/\(Self.usersName)"
        let users = try StoreError.wrapping { () throws(FileError) in
            try TrustedFile.open(
                Self.usersName,
                in: folder,
                path: usersPath,
                .directory,
                trust: trust
            )
        }
        let marker = try StoreError.wrapping { () throws(FileError) in
            try TrustedFile.read(
                Self.markerName,
                in: users,
                path: "\(usersPath)/\(Self.markerName)",
                limit: 256,
                trust: trust
            )
        }
        guard marker.elementsEqual(Self.markerContents(key)) else {
            throw .foreignStore(path: path)
        }
        self.owner = owner
        self.path = path
        self.folder = folder
        self.users = users
        keyFile = configuration.keyFile
        self.key = key
    }

    static func markerContents(_ key: borrowing HostKey) -> [UInt8] {
        ("pam-totp store 1\nid \(Hexadecimal.encode(key.storeID))\n" as Text).utf8
    }

    func recordPath(of uid: UserID) -> Text { "\(path)/\(Self.usersName)/\(uid)" }

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
