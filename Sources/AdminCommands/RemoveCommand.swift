internal import ArgumentParser
internal import Store
internal import System
internal import Verification

/// Takes an authenticator, or all of them, from a user: `totp-admin remove USER`.
struct RemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Take an authenticator, or the whole enrollment, from a user.",
        discussion: "Example: totp-admin remove alice --name phone"
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var user: UserArgument
    @Option(help: "The one authenticator to remove (default: everything).")
    var name: String?

    func run() throws {
        let store = try common.openStore()
        let account = try user.find()
        guard let name else { return try removeAll(account, from: store) }
        let remaining = try store.changeRecord(of: account) { (record) throws(AdminError) -> Int in
            let name = Text(name.utf8)
            guard let authenticator = record.enrollment.authenticator(named: name) else {
                throw AdminError.noAuthenticator(named: name, of: account.name)
            }
            record.remove(authenticator)
            return record.enrollment.authenticators.count
        }
        switch remaining {
        case nil: throw AdminError.notEnrolled(account.name)
        // The last authenticator takes the recovery codes along.
        case 0?: try Console.output.writeLine("\(account.name) is no longer enrolled")
        case let count?:
            try Console.output.writeLine("removed '\(name)'; \(account.name) has \(count) left")
        }
    }

    private func removeAll(_ account: Account, from store: borrowing Store) throws {
        guard try store.removeRecord(of: account.uid) else {
            throw AdminError.notEnrolled(account.name)
        }
        try Console.output.writeLine("\(account.name) is no longer enrolled")
    }
}
