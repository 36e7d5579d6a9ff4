internal import ArgumentParser
internal import Store
internal import System
internal import Verification

/// Writes a record for its owner's new name: `totp-admin rename-user OLD NEW`.
struct RenameUserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename-user",
        abstract: "Write a user's record for the name that 'usermod -l' has given them.",
        discussion: """
            To be run after the account was renamed; until then its logins are denied. The account \
            must have the uid that it had. Authenticators, recovery codes and what was used of them \
            stay as they are.
            Example:
              totp-admin rename-user alice alicia
            """
    )

    @OptionGroup var common: CommonOptions
    @Argument(
        help: ArgumentHelp("The login name that the record is written for.", valueName: "old")
    )
    var old: String
    @Argument(
        help: ArgumentHelp("The login name that the account has now.", valueName: "new"),
        completion: .user
    )
    var new: String

    func run() throws {
        let store = try common.openStore()
        guard let account = try UserArgument.account(named: new) else {
            throw AdminError(
                .noUser,
                "there is no user '\(new)'; rename the account first: usermod -l \(new) \(old)"
            )
        }
        let old = Text(old.utf8)
        if try store.readRecord(of: account.uid) == nil { throw try noRecord(of: account) }
        try Console.output.writeLine(store.renameRecord(of: account, from: old))
    }

    /// Nothing is kept under the uid of the new name: why not, and what to do.
    private func noRecord(of account: Account) throws -> AdminError {
        let uid = account.uid
        guard let former = try UserArgument.account(named: old), former.uid != uid else {
            return AdminError(
                .noUser,
                "uid \(uid), which '\(new)' has, is not enrolled; if it is a new uid, enroll '\(new)' again"
            )
        }
        return AdminError(
            .dataError,
            """
            '\(old)' has uid \(former.uid) and '\(new)' has uid \(uid): these are two accounts; \
            enroll '\(new)' instead
            """
        )
    }
}

extension Store {
    /// Writes the record under this account's uid for its name.
    ///
    /// That `old` was this account's name is what the administrator says; as a rule nobody has that
    /// name any more.
    ///
    /// - Returns: what is so now, in one line.
    fileprivate borrowing func renameRecord(
        of account: Account,
        from old: Text
    ) throws(AdminError) -> String {
        try account.checkName()
        let owner = { (_: Text) throws(SystemError) -> Account? in account }
        return try changeRecord(of: account, lookUp: owner) {
            (record) throws(AdminError) -> String in
            let recorded = record.enrollment.name
            if recorded == account.name {
                return "the record of uid \(account.uid) is written for \(account.name)"
            }
            guard recorded == old else {
                throw AdminError(
                    .dataError,
                    """
                    the record of uid \(account.uid), which '\(account.name)' has, is written for \
                    '\(recorded)' and not for '\(old)'; if it is somebody else's, see 'totp-admin remove'
                    """
                )
            }
            record.renameUser(to: account.name)
            return "the record of uid \(account.uid) is written for \(account.name) now"
        }
    }
}
