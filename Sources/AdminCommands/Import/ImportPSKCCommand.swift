internal import ArgumentParser
internal import System

/// Takes over token seeds: `totp-admin import pskc FILE`.
struct ImportPSKCCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pskc",
        abstract: "Take over tokens from a PSKC file (RFC 6030), as their makers send them.",
        discussion: """
            A key is for the login name in its UserId, or for --user in a file of one key. Keys \
            with policies that cannot be honoured (a PIN, a number of uses, dates) are refused.
            Example:
              totp-admin import pskc tokens.xml --passphrase-file words
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: ImportOptions
    @Argument(help: ArgumentHelp("The file.", valueName: "file"), completion: .file())
    var file: String
    @Option(
        help: ArgumentHelp("Whose the only key is.", valueName: "login-name"),
        completion: .user
    )
    var user: String?
    @Option(
        help: ArgumentHelp(
            "A file whose first line is the passphrase that the secrets are under.",
            valueName: "file"
        ),
        completion: .file()
    )
    var passphraseFile: String?
    @Option(
        help: ArgumentHelp(
            "A file with the key that the secrets are under, in hexadecimal.",
            valueName: "file"
        ),
        completion: .file()
    )
    var keyFile: String?

    func validate() throws {
        guard passphraseFile == nil || keyFile == nil else {
            throw ValidationError("Give either --passphrase-file or --key-file.")
        }
    }

    func run() throws {
        try options.run(common) { (now, policy) in
            let document = try PSKCDocument(InputFile.read(file), opening: opener())
            return try PSKCFile(document).items(for: user, at: now, under: policy)
        }
    }

    private func opener() throws -> PSKCDocument.Opener? {
        if let passphraseFile {
            return .passphrase(Self.firstLine(try InputFile.read(passphraseFile)))
        }
        guard let keyFile else { return nil }
        let text = Self.firstLine(try InputFile.read(keyFile))
        guard let key = Hexadecimal.decode(ASCII.trimmed(text).map(ASCII.lowercased)) else {
            throw AdminError(.dataError, "'\(keyFile)' is not a key in hexadecimal")
        }
        return .key(key)
    }

    private static func firstLine(_ bytes: [UInt8]) -> [UInt8] {
        Array(bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
    }
}
