internal import Store
internal import System
internal import Verification

/// Whose record a command is about: an account's, or one whose account is gone.
struct RecordOwner {
    let account: Account
    /// What to say beforehand; nil for an account.
    let remark: String?

    /// The account of that name; where there is none, whose record is written for that name, or
    /// whose uid that is.
    static func find(_ text: String, in store: borrowing Store) throws(AdminError) -> RecordOwner {
        if let account = try UserArgument.account(named: text) {
            return RecordOwner(account: account, remark: nil)
        }
        let name = Text(text.utf8)
        let records = try store.recordedNames()
        let found = records.filter { $0.name == name }
        if found.count > 1 {
            let uids = found.map { "\($0.uid)" }.joined(separator: ", ")
            throw AdminError(
                .dataError,
                "there is no user '\(text)', and the name is in the records of several uids: \(uids); "
                    + "give one of these instead"
            )
        }
        let uid = Decimal.parse(text.utf8, as: UserID.self)
        if let record = found.first ?? records.first(where: { $0.uid == uid }) {
            return try RecordOwner(of: record, calledBy: text)
        }
        let unread = records.count { $0.name == nil }
        let hint =
            unread == 0 ? "" : "; records that cannot be read: \(unread), see 'totp-admin doctor'"
        throw AdminError(.noUser, AdminError.noSuchUser(text).message + hint)
    }

    private init(account: Account, remark: String?) {
        self.account = account
        self.remark = remark
    }

    private init(
        of record: (uid: UserID, name: Text?),
        calledBy text: String
    ) throws(AdminError) {
        let present: Account?
        do throws(SystemError) {
            present = try Account.find(uid: record.uid)
        } catch {
            throw AdminError(.unavailable, "cannot look up uid \(record.uid): \(error.description)")
        }
        let whose = present.map { ", which '\($0.name.escaped())' has now," } ?? ""
        let written = record.name.map { "is written for '\($0.escaped())'" } ?? "cannot be read"
        self.init(
            account: Account(uid: record.uid, name: record.name ?? "uid \(record.uid)", group: 0),
            remark: "there is no user '\(text)'; the record of uid \(record.uid)\(whose) \(written)"
        )
    }
}

extension Store {
    /// Everybody who has a record, with the name in it; nil for one that cannot be read.
    fileprivate borrowing func recordedNames() throws(AdminError) -> [(uid: UserID, name: Text?)] {
        Parallel.map(try allUIDs()) { uid in
            do throws(AdminError) {
                return (uid, try readRecord(of: uid)?.enrollment.name)
            } catch {
                return (uid, nil)
            }
        }
    }

    /// The account's record, which is written for nobody else.
    borrowing func ownRecord(of account: Account) throws(AdminError) -> Record {
        guard let record = try readRecord(of: account.uid) else {
            throw AdminError.notEnrolled(account.name)
        }
        try checkOwner(of: record, is: account)
        return record
    }

    /// Throws if the record of this account's uid is written for somebody else.
    borrowing func checkOwner(of record: Record, is account: Account) throws(AdminError) {
        do throws(StoreError) {
            try confirm(
                record.enrollment.name,
                belongsTo: account,
                lookUp: Account.find(named:)
            )
        } catch {
            guard case .otherPerson(_, let recorded) = error else { throw AdminError(error) }
            let (old, new) = (recorded.escaped(), account.name.escaped())
            throw AdminError(
                .dataError,
                """
                the record of uid \(account.uid), which '\(new)' has, is written for '\(old)'; if \
                that is the old name, see 'totp-admin rename-user \(old) \(new)'; if it is somebody \
                else, 'totp-admin remove \(new) --all'
                """
            )
        }
    }
}
