internal import ArgumentParser
internal import Store
internal import System

/// Ends a user's wait or stop: `totp-admin unlock USER`.
struct UnlockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlock",
        abstract: "End a user's wait or stop after wrong codes.",
        discussion: """
            All the wrong codes that totp.conf allows are allowed again: whoever made somebody stopped \
            may go on guessing.
            Example:
              totp-admin unlock alice
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var user: UserArgument

    func run() throws {
        let store = try common.openStore()
        let account = try user.find()
        try store.changeRecord(of: account) { (record) in record.unlock() }
        try Console.output.writeLine("\(account.name) may try again")
    }
}
