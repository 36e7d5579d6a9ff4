internal import Store
internal import System
internal import Verification

/// Putting an authenticator out of use and back into it.
enum Availability {
    /// Changes it, and says in one line what is so now.
    static func set(
        isDisabled: Bool,
        _ authenticator: AuthenticatorArgument,
        of account: Account,
        in store: borrowing Store
    ) throws -> String {
        let word = isDisabled ? "disabled" : "enabled"
        return try store.changeRecord(of: account) {
            (record) throws(AdminError) -> String in
            let (authenticator, progress) = try authenticator.selectActive(in: record)
            if progress.isDisabled == isDisabled {
                return "'\(authenticator.name)' is \(word) already"
            }
            record.setDisabled(isDisabled, authenticator)
            return "\(word) '\(authenticator.name)' of \(account.name)\(lastWord(on: record))"
        }
    }

    /// What to know when no authenticator is left that works, and the user is enrolled all the same.
    private static func lastWord(on record: Record) -> String {
        guard record.usableAuthenticators.isEmpty else { return "" }
        return "; no authenticator works now, recovery codes left: \(record.recoveryCodesLeft)"
    }
}
