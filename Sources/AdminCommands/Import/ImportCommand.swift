internal import ArgumentParser

/// Takes over what another program keeps: `totp-admin import FORMAT`.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take over authenticators from another program, with what has been used of them.",
        discussion: """
            Each kind says what happens to every item, refuses one by one what cannot be honoured, \
            and exits with 0 only if everything was imported, 65 if something was refused. Ask with \
            --dry-run first. Remove what was imported when everybody logs in: an old file that is \
            imported again, after 'remove', does not know what was used since.
            Example:
              totp-admin import google-authenticator --all-homes --dry-run
            """,
        subcommands: [
            ImportGoogleAuthenticatorCommand.self, ImportOATHCommand.self, ImportPSKCCommand.self,
            ImportURICommand.self,
        ]
    )
}
