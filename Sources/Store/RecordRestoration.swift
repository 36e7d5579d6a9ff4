package import System
package import Verification

extension Store {
    /// Restores a person's record from a backup, under the lock that their logins take.
    ///
    /// - Parameters:
    ///   - saved: the enrollment in the backup.
    ///   - savedState: the state in the backup.
    ///   - account: whose record; the enrollment is theirs.
    ///   - isRehearsal: whether nothing is written.
    ///   - now: seconds since 1970, read after the lock is held.
    ///   - policy: what the administrator has set.
    ///   - lookUp: finds an account by name, for a record written under another name.
    /// - Returns: what was written, or would have been.
    /// - Throws: `StoreError`, also for a state in the store that is damaged: what it has used up
    ///   can be told by `repair` alone.
    package func restore(
        _ saved: Enrollment,
        _ savedState: LoginState,
        of account: Account,
        isRehearsal: Bool,
        at now: () -> Int64,
        under policy: Policy,
        lookUp: (Text) throws(SystemError) -> Account?
    ) throws(StoreError) -> Restoration {
        let uid = account.uid
        let restoration = try withConfirmedRecord(
            of: account,
            creating: !isRehearsal,
            lookUp: lookUp
        ) { (folder, names) throws(StoreError) -> Found<Restoration> in
            let existing = try existing(in: folder, of: uid)
            if let name = existing.enrollment?.name, !names.contains(name) {
                return .unconfirmed(name)
            }
            let restoration = Restoration(
                of: saved,
                savedState,
                over: existing.enrollment,
                existing.state,
                at: now(),
                under: policy
            )
            if restoration.isChange && !isRehearsal {
                let record = Record(enrollment: restoration.enrollment, state: restoration.state)
                try write(record, isNew: existing.state == nil, in: folder)
            }
            return .done(restoration)
        }
        return restoration
            ?? Restoration(of: saved, savedState, over: nil, nil, at: now(), under: policy)
    }

    /// What the store still has: an enrollment that cannot be read is as good as none, its state is
    /// believed all the same.
    private func existing(
        in folder: borrowing FileDescriptor,
        of uid: UserID
    ) throws(StoreError) -> (enrollment: Enrollment?, state: LoginState?) {
        var existing: Enrollment?
        do throws(StoreError) {
            existing = try enrollment(in: folder, of: uid)
            if existing == nil { return (nil, nil) }
        } catch {
            switch error {
            case .malformed, .cannotUnseal, .missingEnrollment: break
            default: throw error
            }
        }
        return (existing, try stateFile(in: folder, of: uid).state)
    }
}
