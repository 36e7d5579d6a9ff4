package import System

/// A backup that is there, as far as it shows without its secret: its head.
package struct BackupFile: ~Copyable {
    package let path: Text
    let file: FileDescriptor
    let head: BackupHead

    /// - Throws: `BackupError`, when it is no backup.
    package init(_ path: Text) throws(BackupError) {
        let file = try Self.open(path)
        let bytes = try BackupError.wrapping(path: path) { () throws(SystemError) in
            guard try file.status().kind == .regular else { return [UInt8]?.none }
            return try file.read(count: BackupHead.size, at: 0)
        }
        guard let bytes else { throw .file(.distrusted(.notRegular, path: path)) }
        guard let head = BackupHead(bytes) else { throw .notABackup(path: path) }
        self.path = path
        self.file = file
        self.head = head
    }

    /// Whether it is sealed under a passphrase; else it is under a key file.
    package var isUnderPassphrase: Bool { head.isUnderPassphrase }

    private static func open(_ path: Text) throws(BackupError) -> FileDescriptor {
        do throws(SystemError) {
            return try FileDescriptor.open(path, .read)
        } catch {
            throw .file(
                error.isSymbolicLink
                    ? .distrusted(.symbolicLink, path: path) : .system(error, path: path)
            )
        }
    }
}
