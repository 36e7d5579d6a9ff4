package import System
internal import Verification

/// Why a record was not changed: the store, or what the change itself found.
package enum ChangeError<Reason: Error>: Error {
    case store(StoreError)
    case reason(Reason)
}

extension Store {
    /// Reads a person's record; nil if they are not enrolled.
    package func record(of uid: UserID) throws(StoreError) -> Record? {
        try withRecord(of: uid) { (folder) throws(StoreError) -> Record? in
            guard let enrollment = try enrollment(in: folder, of: uid) else { return nil }
            let file = try stateFile(in: folder, of: uid)
            return Record(enrollment: enrollment, state: file.state)
        }.flatMap { $0 }
    }

    /// Changes a person's record under the lock that their logins take, so that neither side loses
    /// anything.
    ///
    /// If `body` throws, nothing is written.
    ///
    /// - Parameters:
    ///   - account: whose record.
    ///   - creating: whether somebody without a record gets one; `body` then finds it empty.
    ///   - lookUp: finds an account by name, for a record written under another name.
    ///   - body: makes the change.
    /// - Returns: what `body` returned; nil if there is no record and none was to be created.
    /// - Throws: the store's failure, or the reason that `body` threw.
    package func change<Result, Reason: Error>(
        recordOf account: Account,
        creating: Bool = false,
        lookUp: (Text) throws(SystemError) -> Account?,
        _ body: (inout Record) throws(Reason) -> Result
    ) throws(ChangeError<Reason>) -> Result? {
        var reason: Reason?
        var result: Result?
        do throws(StoreError) {
            try withRecord(of: account.uid, creating: creating) { (folder) throws(StoreError) in
                let existing = try existingEnrollment(in: folder, of: account.uid, creating)
                guard existing != nil || creating else { return }
                if let existing { try confirm(existing.name, belongsTo: account, lookUp: lookUp) }
                let state =
                    existing == nil
                    ? LoginState() : try stateFile(in: folder, of: account.uid).state
                var record = Record(
                    enrollment: existing ?? Enrollment(uid: account.uid, name: account.name),
                    state: state
                )
                do throws(Reason) {
                    result = try body(&record)
                } catch {
                    reason = error
                    return
                }
                if record.enrollment.authenticators.isEmpty {
                    // Recovery codes alone are no second factor.
                    _ = try removeFiles(of: account.uid, in: folder)
                } else {
                    try write(record, isNew: existing == nil, in: folder)
                }
            }
        } catch {
            throw .store(error)
        }
        if let reason { throw .reason(reason) }
        return result
    }

    /// The enrollment to change; nil if there is none, or if a first one was interrupted and is now
    /// done again.
    private func existingEnrollment(
        in folder: borrowing FileDescriptor,
        of uid: UserID,
        _ creating: Bool
    ) throws(StoreError) -> Enrollment? {
        do throws(StoreError) {
            return try enrollment(in: folder, of: uid)
        } catch {
            if creating, case .missingEnrollment = error { return nil }
            throw error
        }
    }
}
