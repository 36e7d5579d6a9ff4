internal import ArgumentParser

/// Takes over from pam_oath: `totp-admin import oath FILE`.
struct ImportOATHCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "oath",
        abstract: "Take over a users.oath of pam_oath.",
        discussion: """
            Lines with a PIN are refused: the second factor asks for a code alone.
            Example:
              totp-admin import oath /etc/users.oath --dry-run
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: ImportOptions
    @Argument(help: ArgumentHelp("The file.", valueName: "file"), completion: .file())
    var file: String

    func run() throws {
        try options.run(common) { (now, policy) in
            OATHFile.items(in: try InputFile.read(file), at: now, under: policy)
        }
    }
}
