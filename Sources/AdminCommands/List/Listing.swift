internal import ArgumentParser
internal import Store
internal import System
internal import Verification

/// The users that `totp-admin list` is about, and the records that cannot be read.
struct Listing {
    struct Entry {
        /// The account's, or the one in the record.
        let name: Text
        let status: UserStatus
        /// Seconds since 1970; 0 for never.
        let lastLoginAt: Int64
    }

    enum Order: String, CaseIterable, ExpressibleByArgument {
        case uid
        case user
        case recoveryCodes = "recovery-codes"
        case lastLogin = "last-login"
    }

    /// Who is listed: everybody who passes all of it.
    struct Filter {
        var isLocked = false
        var mostRecoveryCodes: Int?
        var lastLoginBefore: Int64?
    }

    private(set) var entries: [Entry] = []
    private(set) var problems: [String] = []

    /// Who is enrolled.
    init(
        enrolledIn store: borrowing Store,
        _ filter: Filter,
        at now: Int64,
        under policy: Policy
    ) throws(AdminError) {
        let found = Parallel.map(try store.allUIDs()) { uid in
            Self.read(uid, in: store) { record in
                guard let record else { return nil }
                let name = record.enrollment.name
                let entry = Entry(
                    name: name,
                    status: UserStatus(uid, name, record, at: now, under: policy),
                    lastLoginAt: record.state.lastSuccessAt
                )
                return filter.passes(entry) ? entry : nil
            }
        }
        take(found)
    }

    /// Who could log in with a password and is not enrolled.
    init(notEnrolledIn store: borrowing Store) throws(AdminError) {
        let accounts = try Self.accountsWithLoginShell()
        let found = Parallel.map(accounts) { account in
            Self.read(account.uid, in: store) { record in
                if record != nil { return nil }
                return Entry(
                    name: account.name,
                    status: UserStatus(notEnrolled: account),
                    lastLoginAt: 0
                )
            }
        }
        take(found)
    }

    static func accountsWithLoginShell() throws(AdminError) -> [Account] {
        try AdminError.listing { () throws(SystemError) in try Account.withLoginShell() }
    }

    /// What `body` makes of a record, or why there is none to be made anything of.
    private static func read(
        _ uid: UserID,
        in store: borrowing Store,
        _ body: (Record?) -> Entry?
    ) -> Result<Entry?, StoreError> {
        do throws(StoreError) {
            return .success(body(try store.record(of: uid)))
        } catch {
            return .failure(error)
        }
    }

    /// One damaged record must not hide the others.
    private mutating func take(_ found: [Result<Entry?, StoreError>]) {
        for result in found {
            switch result {
            case .success(let entry?): entries.append(entry)
            case .success(nil): break
            case .failure(let error): problems.append(error.description.description)
            }
        }
    }

    mutating func sort(by order: Order) {
        switch order {
        case .uid: entries.sort { $0.status.uid < $1.status.uid }
        case .user: entries.sort { $0.status.user < $1.status.user }
        case .recoveryCodes:
            entries.sort { $0.status.recoveryCodesLeft < $1.status.recoveryCodesLeft }
        case .lastLogin: entries.sort { $0.lastLoginAt < $1.lastLoginAt }
        }
    }
}

extension Listing.Filter {
    fileprivate func passes(_ entry: Listing.Entry) -> Bool {
        let status = entry.status
        if isLocked, !status.stopped, status.waitingUntil == nil { return false }
        if let most = mostRecoveryCodes, status.recoveryCodesLeft > most { return false }
        if let time = lastLoginBefore, entry.lastLoginAt >= time { return false }
        return true
    }
}
