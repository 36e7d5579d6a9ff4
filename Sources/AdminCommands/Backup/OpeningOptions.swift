internal import ArgumentParser
internal import Backup

/// What a backup that is there was sealed under.
struct OpeningOptions: ParsableArguments {
    @Option(
        name: .customLong("key-file"),
        help: ArgumentHelp(
            "The file whose 32 bytes it was sealed under.",
            valueName: "path"
        ),
        completion: .file()
    )
    var keyFile: String?
    @Option(
        name: .customLong("passphrase-file"),
        help: ArgumentHelp(
            "Take the passphrase from the first line of this file, and ask for nothing.",
            valueName: "path"
        ),
        completion: .file()
    )
    var passphraseFile: String?

    func validate() throws {
        try SecretFile.checkOne(keyFile: keyFile, passphraseFile: passphraseFile)
    }

    /// The secret; nobody is asked for a passphrase that the backup is not under.
    func recall(for backup: borrowing BackupFile) throws -> BackupSecret {
        if let keyFile { return try SecretFile.key(in: keyFile) }
        if let passphraseFile { return try SecretFile.passphrase(in: passphraseFile) }
        guard backup.isUnderPassphrase else {
            throw AdminError(reading: BackupError.needsKeyFile(path: backup.path))
        }
        return BackupSecret(passphrase: try TypedPassphrase.read("Passphrase of the backup: "))
    }
}
