internal import Store
internal import System
internal import Verification

/// Somebody whom a batch is to enroll.
struct Newcomer {
    let request: BatchRequest
    let account: Account
    /// The name of the file with what they are to be given.
    let file: Text

    enum Finding {
        case new(Newcomer)
        case doneEarlier(UserID)
    }

    /// Looks up whom a line of a batch is about; safe to run for many lines at a time.
    ///
    /// - Throws: `BatchRefusal` for a user whom this batch cannot enroll.
    static func find(
        _ request: BatchRequest,
        in store: borrowing Store,
        _ folder: borrowing BatchFolder
    ) throws(BatchRefusal) -> Finding {
        let name = request.user.escaped()
        let account: Account?
        do throws(SystemError) {
            account = try Account.find(named: request.user)
        } catch {
            throw BatchRefusal("cannot look up '\(name)': \(error.description)")
        }
        guard let account else { throw BatchRefusal("there is no user '\(name)'") }
        do throws(AdminError) {
            try account.checkName()
        } catch {
            throw BatchRefusal(error.message)
        }
        let file = try folder.fileName(for: account)
        let record: Record?
        do throws(StoreError) {
            record = try store.record(of: account.uid)
        } catch {
            throw BatchRefusal(error.description.description)
        }
        guard let record else {
            return .new(Newcomer(request: request, account: account, file: file))
        }
        do throws(AdminError) {
            try store.checkOwner(of: record, is: account)
        } catch {
            throw BatchRefusal(error.message)
        }
        guard folder.holds(secretOf: record.enrollment, in: file) else {
            throw BatchRefusal("'\(name)' is enrolled already")
        }
        return .doneEarlier(account.uid)
    }

    /// Writes a user's file and, where no login looks, their record.
    func write(
        to folder: borrowing BatchFolder,
        _ staging: borrowing Staging,
        in store: borrowing Store,
        _ manner: BatchEnrollment.Manner,
        at now: Int64
    ) throws(AdminError) {
        do {
            let candidate = try Candidate(
                account: account,
                name: request.name,
                parameters: request.parameters,
                issuer: manner.issuer,
                at: now
            )
            let recovery = try manner.makesRecoveryCodes ? RecoverySet.generate() : nil
            let enrolled = Enrolled(
                user: account.name.description,
                name: request.name.description,
                uri: candidate.sheet.uri,
                secret: candidate.sheet.secretText,
                recoveryCodes: recovery?.codes.map(\.description) ?? []
            )
            let text = try manner.writesJSON ? JSONOutput.text(enrolled) + "\n" : enrolled.text
            try folder.write(text, to: file)
            let isStaged = try store.stage(
                candidate.firstRecord(recovery: recovery?.set),
                in: staging
            )
            if !isStaged { throw AdminError(.unavailable, "uid \(account.uid) is staged already") }
        } catch let error as AdminError {
            throw error
        } catch let error as StoreError {
            throw AdminError(error)
        } catch let error as SystemError {
            throw AdminError(.cannotCreate, "'\(file)': \(error.description)")
        } catch {
            throw AdminError(.cannotCreate, "'\(file)': \(error)")
        }
    }
}
