internal import ArgumentParser
internal import Store
internal import System

/// Rebuilds a damaged state: `totp-admin repair USER`.
struct RepairCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Rebuild a user's damaged or missing state from the enrollment.",
        discussion: """
            Says what was lost by it; what cannot be known is given up, so that no code works \
            twice. A state that is whole is left alone.
            Example:
              totp-admin repair alice
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var user: UserArgument

    func run() throws {
        let configuration = try common.readConfiguration()
        let store = try common.openStore(configuration)
        let account = try user.find()
        let losses: [Text]?
        do throws(StoreError) {
            losses = try store.repair(
                stateOf: account,
                at: Clock.now,
                under: configuration.policy
            )
        } catch {
            throw AdminError(error)
        }
        guard let losses else { throw AdminError.notEnrolled(account.name) }
        if losses.isEmpty {
            try Console.output.writeLine(
                "the state of \(account.name) is whole; nothing was changed"
            )
            return
        }
        try Console.output.writeLine("rebuilt the state of \(account.name):")
        for loss in losses { try Console.output.writeLine("  \(loss)") }
    }
}
