internal import OTP
internal import Store
internal import System
internal import Verification

/// Where a batch puts what each user is to be given: a file a user, for root alone.
struct BatchFolder: ~Copyable {
    private static let fileMode: FileMode = 0o600
    private static let folderMode: FileMode = 0o700
    private static let sizeLimit = 64 * 1024

    private let folder: FileDescriptor
    private let path: Text
    private let ending: Text

    /// Opens the folder, which root alone may write to, or makes it.
    init(path: String, ending: Text) throws(AdminError) {
        try NewSecretFile.checkName(path)
        let end = path.utf8.lastIndex { $0 != UInt8(ascii: "/") }
        let path = end.map { Text(path.utf8[...$0]) } ?? "/"
        do throws(FileError) {
            folder = try Self.open(path)
        } catch {
            throw AdminError(.cannotCreate, error.description.description)
        }
        self.path = path
        self.ending = ending
    }

    private static func open(_ path: Text) throws(FileError) -> FileDescriptor {
        do throws(SystemError) {
            let isHere = !path.utf8.contains(UInt8(ascii: "/"))
            let parent = try FileDescriptor.open(isHere ? "." : path.parent, .directory)
            _ = try parent.makeUnsyncedFolder(
                path.lastComponent,
                mode: folderMode,
                owner: 0,
                group: 0
            )
            try parent.synchronize()
        } catch {
            throw .system(error, path: path)
        }
        return try TrustedFile.open(path, .directory, trust: .writtenByOwner(0))
    }

    /// What a user's file is called.
    ///
    /// - Throws: `BatchRefusal` for a name that a file cannot have.
    func fileName(for account: Account) throws(BatchRefusal) -> Text {
        let name = account.name.utf8
        guard name.first != UInt8(ascii: "."), !name.contains(UInt8(ascii: "/")),
            !name.contains(where: ASCII.isControl), (1...200).contains(name.count)
        else { throw BatchRefusal("no file can be called '\(account.name.escaped())'") }
        return "\(account.name)\(ending)"
    }

    /// Writes a user's file, in the place of one that an interrupted run left.
    func write(_ contents: String, to name: Text) throws(SystemError) {
        try folder.replaceUnsynced(
            name,
            Array(contents.utf8),
            mode: Self.fileMode,
            owner: 0,
            group: 0
        )
    }

    /// Removes a user's file, whose enrollment did not come to be.
    func remove(_ name: Text) { try? folder.remove(name) }

    /// Whether a user's file is there and has the secret of one of the authenticators.
    func holds(secretOf enrollment: Enrollment, in name: Text) -> Bool {
        guard
            let contents = try? TrustedFile.read(
                name,
                in: folder,
                path: "\(path)/\(name)",
                limit: Self.sizeLimit,
                trust: .writtenByOwner(0)
            )
        else { return false }
        return enrollment.authenticators.contains { authenticator in
            let secret = Base32.encode(authenticator.secret).utf8
            return !contents.ranges(of: secret).isEmpty
        }
    }

    func synchronize() throws(SystemError) { try folder.synchronizeFileSystem() }
}
