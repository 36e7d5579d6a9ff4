internal import Store
internal import System
internal import Verification

/// Puts what was read elsewhere into the store, or finds out what would come of it.
struct Importing: ~Copyable {
    let store: Store
    /// What the administrator wants the authenticators to be called.
    let name: Text?
    let isDryRun: Bool
    /// Seconds since 1970.
    let now: Int64
    /// The records as they would be.
    private var planned: [UserID: Record] = [:]

    init(store: consuming Store, name: Text?, isDryRun: Bool, now: Int64) {
        self.store = store
        self.name = name
        self.isDryRun = isDryRun
        self.now = now
    }

    /// Imports one item whole.
    ///
    /// - Returns: what came of it.
    /// - Throws: `AdminError`, why it is refused; then nothing has changed.
    mutating func add(_ item: ImportItem) throws(AdminError) -> String {
        let foreign = try item.authenticator.get()
        let account = try UserArgument.find(item.user)
        let wanted = name ?? item.name ?? "app"
        let name: Text
        if isDryRun {
            var record = try plannedRecord(of: account)
            name = try foreign.add(to: &record, named: wanted, at: now)
            planned[account.uid] = record
        } else {
            let now = now
            name = try store.changeRecord(of: account, creating: true) {
                (record) throws(AdminError) in
                try foreign.add(to: &record, named: wanted, at: now)
            }
        }
        let codes = foreign.recoveryCodes.count
        let verb = isDryRun ? "would import" : "imported"
        return "\(verb) '\(account.name)' (\(item.place)) as '\(name)'"
            + (codes == 0 ? "" : ", with \(codes) recovery codes")
    }

    private func plannedRecord(of account: Account) throws(AdminError) -> Record {
        if let record = planned[account.uid] { return record }
        do throws(StoreError) {
            if let record = try store.record(of: account.uid, toEnroll: true) {
                try store.confirm(
                    record.enrollment.name,
                    belongsTo: account,
                    lookUp: Account.find(named:)
                )
                return record
            }
        } catch {
            throw AdminError(error)
        }
        return Record(of: account)
    }
}
