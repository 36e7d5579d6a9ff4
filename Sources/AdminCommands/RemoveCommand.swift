internal import ArgumentParser
internal import Store
internal import System
internal import Verification

/// Takes an authenticator, or all of them, from a user: `totp-admin remove USER`.
struct RemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Take an authenticator, or the whole enrollment, from a user.",
        discussion: """
            Recovery codes alone are no second factor: the last authenticator takes them along. To \
            put one out of use for a while, see 'disable'. A record whose account is gone is found by \
            the name in it, or by its uid.
            Example:
              totp-admin remove alice --name phone
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var user: UserArgument
    @Option(
        help: "Which authenticator (needed if there are several, unless --all).",
        completion: .authenticator
    )
    var name: String?
    @Flag(
        help: "Every authenticator, with the recovery codes, also of a record that cannot be read."
    )
    var all = false

    func validate() throws {
        if all, name != nil { throw ValidationError("give either --name or --all") }
    }

    func run() throws {
        let store = try common.openStore()
        let owner = try RecordOwner.find(user.name, in: store)
        let account = owner.account
        if let remark = owner.remark { try Console.output.writeLine(remark) }
        if all { return try removeAll(account, from: store) }
        let name = if let name { Text(name.utf8) } else { try onlyName(account, in: store) }
        let outcome = try store.changeRecord(of: account) {
            (record) throws(AdminError) -> String in
            guard let authenticator = record.enrollment.authenticator(named: name) else {
                throw AdminError.noAuthenticator(named: name, of: account.name)
            }
            record.remove(authenticator)
            let count = record.enrollment.authenticators.count
            if count == 0 { return Self.farewell(to: account) }
            let none = record.usableAuthenticators.isEmpty ? ", none that works" : ""
            return """
                removed '\(name)'; \(account.name) has \(count) left\(none); recovery codes left: \
                \(record.recoveryCodesLeft)
                """
        }
        try Console.output.writeLine(outcome)
    }

    /// What the one authenticator is called.
    ///
    /// Where that cannot be told now, nothing is removed unasked.
    private func onlyName(
        _ account: Account,
        in store: borrowing Store
    ) throws(AdminError) -> Text {
        let record: Record
        do throws(AdminError) {
            record = try store.ownRecord(of: account)
        } catch {
            guard error.status == .unavailable else { throw error }
            throw AdminError(
                error.status,
                "\(error.message); with --all, whatever it has is removed"
            )
        }
        let authenticators = record.enrollment.authenticators
        guard authenticators.count == 1 else {
            throw AdminError(
                .usage,
                "'\(account.name)' has several authenticators; say which with --name, or --all"
            )
        }
        return authenticators[0].name
    }

    private func removeAll(_ account: Account, from store: borrowing Store) throws {
        guard try store.removeRecord(of: account.uid) else {
            throw AdminError.notEnrolled(account.name)
        }
        try Console.output.writeLine(Self.farewell(to: account))
    }

    private static func farewell(to account: Account) -> String {
        "\(account.name) is no longer enrolled; the recovery codes are gone, too"
    }
}
