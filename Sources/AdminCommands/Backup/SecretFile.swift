internal import ArgumentParser
internal import Backup
internal import System

/// Files with what a backup is sealed under.
enum SecretFile {
    static let fewestBytes = 12
    private static let mostBytes = 1024

    static var tooShort: AdminError {
        AdminError(.dataError, "the passphrase is too short; it has at least \(fewestBytes) bytes")
    }

    static func checkOne(keyFile: String?, passphraseFile: String?) throws {
        if keyFile != nil && passphraseFile != nil {
            throw ValidationError("give one of --key-file and --passphrase-file")
        }
    }

    static func key(in path: String) throws(AdminError) -> BackupSecret {
        do throws(FileError) {
            return BackupSecret(
                key: try TrustedFile.readSecret(
                    Text(path.utf8),
                    size: BackupSecret.keyLength,
                    trust: .secret(0)
                )
            )
        } catch {
            throw AdminError(reading: error)
        }
    }

    /// What is in its first line.
    static func passphrase(in path: String) throws(AdminError) -> BackupSecret {
        let text: SecretBytes
        do throws(FileError) {
            text = try contents(of: Text(path.utf8))
        } catch {
            throw AdminError(reading: error)
        }
        let line = unsafe text.withUnsafeBytes { (text) -> SecretBytes in
            // Ended as by any editor: at a terminal nobody could type a CR of it.
            let line = unsafe text.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            return unsafe SecretBytes(copying: UnsafeRawBufferPointer(rebasing: line))
        }
        guard line.count >= fewestBytes else {
            throw AdminError(
                .dataError,
                "the passphrase in '\(path)' is too short; it has at least \(fewestBytes) bytes"
            )
        }
        return BackupSecret(passphrase: line)
    }

    private static func contents(of path: Text) throws(FileError) -> SecretBytes {
        let file = try TrustedFile.open(path, trust: .secret(0))
        do throws(SystemError) {
            let size = try file.status().size
            if size <= mostBytes { return try file.readSecret(count: Int(size)) }
        } catch {
            throw .system(error, path: path)
        }
        throw .distrusted(.tooLarge(limit: mostBytes), path: path)
    }
}
