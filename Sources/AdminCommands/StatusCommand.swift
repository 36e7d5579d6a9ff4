internal import ArgumentParser
internal import Store
internal import System
internal import Verification

/// Shows what a user is enrolled with: `totp-admin status USER`.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what a user is enrolled with; never a secret.",
        discussion: """
            A record whose account is gone is found by the name in it, or by its uid.
            Example:
              totp-admin status alice
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var user: UserArgument
    @Flag(help: "Print it as JSON.")
    var json = false

    func run() throws {
        let configuration = try common.readConfiguration()
        let store = try common.openStore(configuration)
        let owner = try RecordOwner.find(user.name, in: store)
        let account = owner.account
        let record = try store.readRecord(of: account.uid)
        if let remark = owner.remark ?? Self.objection(to: record, of: account, in: store) {
            try (json ? Console.error : Console.output).writeLine(remark)
        }
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
    /// What is wrong with the record that the account's uid has.
    private static func objection(
        to record: Record?,
        of account: Account,
        in store: borrowing Store
    ) -> String? {
        guard let record else { return nil }
        do throws(AdminError) {
            try store.checkOwner(of: record, is: account)
            return nil
        } catch {
            return error.message
        }
    }
}
