internal import ArgumentParser
internal import Backup
internal import Glibc
internal import System

/// What a backup is sealed under, for `backup` and `restore`.
struct BackupOptions: ParsableArguments {
    @Option(
        name: .customLong("key-file"),
        help: ArgumentHelp("Seal it under the 32 bytes in this file.", valueName: "path"),
        completion: .file()
    )
    var keyFile: String?
    @Option(
        name: .customLong("passphrase-file"),
        help: ArgumentHelp(
            "Seal it under the first line of this file, and ask for nothing.",
            valueName: "path"
        ),
        completion: .file()
    )
    var passphraseFile: String?

    private static let fewestBytes = 12
    private static let mostBytes = 1024

    func validate() throws {
        if keyFile != nil && passphraseFile != nil {
            throw ValidationError("give one of --key-file and --passphrase-file")
        }
    }

    /// The secret for a new backup; a passphrase typed at the terminal is asked for twice.
    func choose() throws -> BackupSecret {
        if let keyFile { return try key(in: keyFile) }
        guard passphraseFile == nil else { return try passphrase() }
        let first = try Self.typed("Passphrase for the backup: ")
        guard first.count >= Self.fewestBytes else {
            throw AdminError(
                .dataError,
                "the passphrase is too short; it has at least \(Self.fewestBytes) bytes"
            )
        }
        guard try first.isEqual(to: Self.typed("The same once more: ")) else {
            throw AdminError(.dataError, "these were two different passphrases")
        }
        return BackupSecret(passphrase: first)
    }

    /// The secret of a backup that is there.
    func recall() throws -> BackupSecret {
        if let keyFile { return try key(in: keyFile) }
        guard passphraseFile == nil else { return try passphrase() }
        return BackupSecret(passphrase: try Self.typed("Passphrase of the backup: "))
    }

    private func key(in path: String) throws -> BackupSecret {
        do throws(FileError) {
            return BackupSecret(
                key: try TrustedFile.readSecret(
                    Text(path.utf8),
                    size: BackupSecret.keyLength,
                    trust: .secret(0)
                )
            )
        } catch {
            throw AdminError(.unavailable, "cannot use \(error.description)")
        }
    }

    private func passphrase() throws -> BackupSecret {
        let path = Text((passphraseFile ?? "").utf8)
        let text: SecretBytes
        do throws(FileError) {
            text = try Self.contents(of: path)
        } catch {
            throw AdminError(.unavailable, "cannot use \(error.description)")
        }
        let line = unsafe text.withUnsafeBytes { (text) -> SecretBytes in
            // Ended as by any editor: at a terminal nobody could type a CR of it.
            let line = unsafe text.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            return unsafe SecretBytes(copying: UnsafeRawBufferPointer(rebasing: line))
        }
        guard line.count >= Self.fewestBytes else {
            throw AdminError(
                .dataError,
                "the passphrase in '\(path)' is too short; it has at least \(Self.fewestBytes) bytes"
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

    /// A passphrase that is not shown while it is typed.
    private static func typed(_ prompt: String) throws -> SecretBytes {
        guard isatty(STDIN_FILENO) == 1 else {
            throw AdminError(
                .usage,
                "there is no terminal to type a passphrase at; see --passphrase-file and --key-file"
            )
        }
        // SAFETY: getpass returns C's text in memory of its own, or NULL; it is copied and wiped.
        guard let text = unsafe getpass(prompt) else {
            throw AdminError(.inputOutput, SystemError(call: "getpass", code: errno))
        }
        let count = unsafe strlen(text)
        defer { unsafe explicit_bzero(text, count) }
        let typed = unsafe UnsafeRawBufferPointer(start: text, count: count)
        // getpass takes the keys that interrupt for a part of it.
        if unsafe typed.contains(where: ASCII.isControl) {
            throw AdminError(.dataError, "a passphrase has no control characters")
        }
        return unsafe SecretBytes(copying: typed)
    }
}
