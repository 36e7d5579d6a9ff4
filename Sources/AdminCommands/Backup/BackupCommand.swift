internal import ArgumentParser
internal import Backup
internal import Store
internal import System

/// Writes everybody's record to one sealed file: `totp-admin backup FILE`.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write everybody's enrollment and state to one sealed file.",
        discussion: """
            It is sealed under a passphrase of 12 bytes or more, asked for at the terminal, or under a \
            key file; without that nobody can read it, and 'restore' needs nothing else. Keep it where \
            the store is not.
            Example:
              totp-admin backup /media/usb/totp-2026-01.backup
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var secret: SealingOptions
    @Argument(
        help: ArgumentHelp("The file to write, which is not there yet.", valueName: "file"),
        completion: .file()
    )
    var file: String

    func run() throws {
        let configuration = try common.readConfiguration()
        let store = try common.openStore(configuration)
        let path = try BackupPath.resolve(file, outside: configuration.store)
        // Before anybody is asked for anything.
        try store.checkRoom(forBackup: path)
        let outcome = try store.backUp(to: path, under: secret.choose(), at: Clock.now())
        for problem in outcome.problems {
            try Console.error.writeLine("totp-admin: \(problem.description)")
        }
        try Console.output.writeLine("people in '\(path)': \(outcome.people)")
        if !outcome.problems.isEmpty {
            throw AdminError(
                .dataError,
                "records that are not in the backup, for they cannot be read: \(outcome.problems.count)"
            )
        }
    }
}
