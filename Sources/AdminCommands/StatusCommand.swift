internal import ArgumentParser
internal import Store
internal import System
internal import Verification

/// Shows what a user is enrolled with: `totp-admin status USER`.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what a user is enrolled with; never a secret.",
        discussion: "Example: totp-admin status alice"
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var user: UserArgument
    @Flag(help: "Print it as JSON.")
    var json = false

    func run() throws {
        let configuration = try common.readConfiguration()
        let store = try common.openStore(configuration)
        let account = try user.find()
        let record = try store.readRecord(of: account.uid)
        let status = UserStatus(
            account.uid,
            account.name,
            record,
            at: Clock.now(),
            under: configuration.policy
        )
        if json {
            try JSONOutput.write(status)
        } else {
            try Console.output.writeLine(status.text)
        }
    }
}
