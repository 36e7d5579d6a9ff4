package import System
internal import Verification

/// A person is their uid; the name that their record is written for must be one of theirs.
extension Store {
    /// What `withConfirmedRecord` is told of a record.
    enum Found<Result> {
        /// The name in it, which has yet to be confirmed.
        case unconfirmed(Text)
        case done(Result)
    }

    /// As `withRecord`, with the names that are known to be the person's.
    ///
    /// `body` begins anew when a name has been confirmed: that is done outside the lock, since nobody
    /// knows how long a directory takes to answer.
    func withConfirmedRecord<Result>(
        of account: Account,
        creating: Bool = false,
        lookUp: (Text) throws(SystemError) -> Account?,
        _ body: (borrowing FileDescriptor, [Text]) throws(StoreError) -> Found<Result>
    ) throws(StoreError) -> Result? {
        var names = [account.name]
        while true {
            let found = try withRecord(of: account.uid, creating: creating) {
                (folder) throws(StoreError) in
                try body(folder, names)
            }
            switch found {
            case nil: return nil
            case .done(let result)?: return result
            case .unconfirmed(let name)?:
                try confirm(name, belongsTo: account, lookUp: lookUp)
                names.append(name)
            }
        }
    }

    /// Makes sure that the name in a person's record is theirs.
    ///
    /// If the name is not the one that logs in, it must at least be another one of the same uid (a
    /// realm's spelling); a uid given to somebody new is not.
    package func confirm(
        _ recorded: Text,
        belongsTo account: Account,
        lookUp: (Text) throws(SystemError) -> Account?
    ) throws(StoreError) {
        if recorded == account.name { return }
        let found: Account?
        do throws(SystemError) {
            found = try lookUp(recorded)
        } catch {
            throw .system(error)
        }
        guard found?.uid == account.uid else {
            throw .otherPerson(path: recordPath(of: account.uid), recorded: recorded)
        }
    }
}
