package import System
internal import Verification

/// Why a record was not changed: the store, or what the change itself found.
package enum ChangeError<Reason: Error>: Error {
    case notEnrolled
    case store(StoreError)
    case reason(Reason)
}

extension Store {
    /// Reads a person's record, and writes nothing; nil if they are not enrolled.
    ///
    /// For who is to get an authenticator (`toEnroll`), what a first enrollment left that was
    /// interrupted is no record.
    package func record(
        of uid: UserID,
        toEnroll: Bool = false
    ) throws(StoreError) -> Record? {
        try withRecord(of: uid) { (folder) throws(StoreError) -> Record? in
            guard let enrollment = try existingEnrollment(in: folder, of: uid, toEnroll) else {
                return nil
            }
            return Record(enrollment: enrollment, state: try state(in: folder, of: uid))
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
    /// - Returns: what `body` returned.
    /// - Throws: the store's failure, the reason that `body` threw, or that there is no record and
    ///   none was to be created.
    package func change<Result, Reason: Error>(
        recordOf account: Account,
        creating: Bool = false,
        lookUp: (Text) throws(SystemError) -> Account?,
        _ body: (inout Record) throws(Reason) -> Result
    ) throws(ChangeError<Reason>) -> Result {
        let uid = account.uid
        let outcome: Outcome<Result, Reason>?
        do throws(StoreError) {
            outcome = try withConfirmedRecord(of: account, creating: creating, lookUp: lookUp) {
                (folder, names) throws(StoreError) -> Found<Outcome<Result, Reason>> in
                let existing = try existingEnrollment(in: folder, of: uid, creating)
                guard existing != nil || creating else { return .done(.notEnrolled) }
                if let name = existing?.name, !names.contains(name) { return .unconfirmed(name) }
                var record = Record(of: account)
                if let existing {
                    let state = try stateFile(in: folder, of: uid).state
                    record = Record(enrollment: existing, state: state)
                }
                let result: Result
                do throws(Reason) {
                    result = try body(&record)
                } catch {
                    return .done(.refused(error))
                }
                if record.enrollment.authenticators.isEmpty {
                    // Recovery codes alone are no second factor.
                    _ = try removeFiles(of: uid, in: folder)
                } else {
                    try write(record, isNew: existing == nil, in: folder)
                }
                return .done(.changed(result))
            }
        } catch {
            throw .store(error)
        }
        switch outcome {
        case .changed(let result)?: return result
        case .refused(let reason)?: throw .reason(reason)
        case .notEnrolled?, nil: throw .notEnrolled
        }
    }

    private enum Outcome<Result, Reason: Error> {
        case notEnrolled
        case refused(Reason)
        case changed(Result)
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
