internal import ArgumentParser
internal import Backup
internal import System

/// What a new backup is sealed under.
struct SealingOptions: ParsableArguments {
    @Option(
        name: .customLong("key-file"),
        help: ArgumentHelp(
            "Seal it under the 32 bytes in this file, and ask for nothing.",
            valueName: "path"
        ),
        completion: .file()
    )
    var keyFile: String?
    @Option(
        name: .customLong("passphrase-file"),
        help: ArgumentHelp(
            "Seal it under the first line of this file, 12 bytes or more, and ask for nothing.",
            valueName: "path"
        ),
        completion: .file()
    )
    var passphraseFile: String?

    func validate() throws {
        try SecretFile.checkOne(keyFile: keyFile, passphraseFile: passphraseFile)
    }

    /// The secret; a passphrase typed at the terminal is asked for twice.
    func choose() throws -> BackupSecret {
        if let keyFile { return try SecretFile.key(in: keyFile) }
        if let passphraseFile { return try SecretFile.passphrase(in: passphraseFile) }
        let first = try chosenPassphrase()
        guard try first.isEqual(to: TypedPassphrase.read("The same once more: ")) else {
            throw AdminError(.dataError, "these were two different passphrases")
        }
        return BackupSecret(passphrase: first)
    }

    private func chosenPassphrase() throws -> SecretBytes {
        for _ in 0..<2 {
            let typed = try TypedPassphrase.read(Self.prompt)
            if typed.count >= SecretFile.fewestBytes { return typed }
            try Console.error.writeLine("That is too short.")
        }
        let typed = try TypedPassphrase.read(Self.prompt)
        guard typed.count >= SecretFile.fewestBytes else { throw SecretFile.tooShort }
        return typed
    }

    private static let prompt =
        "Passphrase for the backup (\(SecretFile.fewestBytes) bytes or more): "
}
