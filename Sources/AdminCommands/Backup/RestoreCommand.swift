internal import ArgumentParser
internal import Store
internal import System

/// Puts people's records back from a backup: `totp-admin restore FILE`.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put people's records back from a backup.",
        discussion: """
            What the store has stays; what it lacks comes back, also what was removed since. No code \
            that was used since the backup works again: what cannot be known is given up, and said.
            Example:
              totp-admin restore /media/usb/totp.backup --user alice --dry-run
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var secret: OpeningOptions
    @Argument(help: ArgumentHelp("What 'backup' wrote.", valueName: "file"), completion: .file())
    var file: String
    @Option(
        name: .customLong("user"),
        help: ArgumentHelp("Only this user; may be given several times.", valueName: "user"),
        completion: .user
    )
    var users: [String] = []
    @Flag(name: .customLong("dry-run"), help: "Say what would be done, and do nothing.")
    var isRehearsal = false

    func run() throws {
        let configuration = try common.readConfiguration()
        let store = try common.openStore(configuration)
        let backup = try RestoreRun.open(Text(file.utf8))
        let secret = try secret.recall(for: backup)
        let refused = try RestoreRun(
            backup,
            secret: secret,
            users: users.map { Text($0.utf8) },
            isRehearsal: isRehearsal,
            policy: configuration.policy
        ).run(in: store)
        if refused > 0 {
            throw AdminError(.dataError, "people who were not restored: \(refused)")
        }
    }
}
