internal import ArgumentParser
internal import Store
internal import System
internal import Verification

/// Gives an authenticator another name: `totp-admin rename USER`.
struct RenameCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Give an authenticator another name.",
        discussion: """
            What the app itself shows stays as it is.
            Example:
              totp-admin rename alice --name app --to phone
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var user: UserArgument
    @OptionGroup var authenticator: AuthenticatorArgument
    @Option(name: .customLong("to"), help: "The new name.")
    var newName: String

    func run() throws {
        let new = Text(newName.utf8)
        try Authenticator.checkName(new)
        let store = try common.openStore()
        let account = try user.find()
        let old = try store.changeRecord(of: account) { (record) throws(AdminError) -> Text in
            let chosen = try authenticator.select(in: record)
            do throws(RecordConflict) {
                try record.rename(chosen, to: new)
            } catch {
                throw AdminError(error, of: account.name, adding: new)
            }
            return chosen.name
        }
        try Console.output.writeLine("'\(old)' of \(account.name) is called '\(new)' now")
    }
}
