package import Store
package import System

/// Why a backup was not written or cannot be used.
package enum BackupError: Error, Equatable {
    case file(FileError)
    case system(SystemError)
    case alreadyThere(path: Text)
    /// What another run writes, or left behind when it was killed.
    case unfinished(path: Text)
    case notABackup(path: Text)
    case needsPassphrase(path: Text)
    case needsKeyFile(path: Text)
    /// Nothing opens: another secret, or a head that was altered.
    case cannotOpen(path: Text)
    /// A record that was altered, moved or cut.
    case damaged(path: Text, offset: Int)
    case store(StoreError)

    package var description: Text {
        switch self {
        case .file(let error): error.description
        case .system(let error): error.description
        case .alreadyThere(let path): "'\(path)' is there already; name another file"
        case .unfinished(let path):
            "'\(path)' is there: another backup is being written, or was interrupted; then remove it"
        case .notABackup(let path): "'\(path)' is not a backup of a version known here"
        case .needsPassphrase(let path): "'\(path)' is sealed under a passphrase, not a key file"
        case .needsKeyFile(let path): "'\(path)' is sealed under a key file; see --key-file"
        case .cannotOpen(let path):
            "cannot open '\(path)': the passphrase or key is not the right one, or the file is damaged"
        case .damaged(let path, let offset):
            "'\(path)' is damaged or cut short at byte \(offset); nothing of it can be believed"
        case .store(let error): error.description
        }
    }
}

extension BackupError {
    /// The result of `body`, which makes system calls on the file at `path`.
    static func wrapping<Result: ~Copyable>(
        path: Text,
        _ body: () throws(SystemError) -> Result
    ) throws(BackupError) -> Result {
        do throws(SystemError) {
            return try body()
        } catch {
            throw .file(.system(error, path: path))
        }
    }
}
