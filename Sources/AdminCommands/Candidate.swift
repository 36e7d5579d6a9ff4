internal import OTP
internal import Store
internal import System
internal import Verification

/// An authenticator that is being enrolled and is not saved yet.
final class Candidate {
    /// What is shown of it.
    let sheet: AuthenticatorSheet
    private let account: Account
    private let authenticator: Authenticator
    private var progress: LoginState.Progress

    /// Draws a new secret, as long as the algorithm's digest.
    init(
        account: Account,
        name: Text,
        parameters: OTPParameters,
        issuer: Text,
        at now: Int64
    ) throws {
        try account.checkName()
        try Authenticator.checkName(name)
        authenticator = Authenticator(
            id: try .random(),
            name: name,
            parameters: parameters,
            enrolledAt: now,
            secret: try RandomBytes.secret(count: parameters.algorithm.digestLength)
        )
        sheet = AuthenticatorSheet(authenticator, of: account.name, issuer: issuer)
        progress = LoginState.Progress(id: authenticator.id)
        self.account = account
    }

    /// Finds out before anybody scans anything whether it could be saved: the record is theirs, has
    /// room for it, and can be written.
    func checkCanBeSaved(in store: borrowing Store) throws {
        let record: Record?
        do throws(StoreError) {
            try store.checkWritable()
            record = try store.record(of: account.uid, toEnroll: true)
        } catch {
            throw AdminError(error)
        }
        guard let record else { return }
        try store.checkOwner(of: record, is: account)
        try checkRoom(in: record)
    }

    private func checkRoom(in record: Record) throws(AdminError) {
        do throws(RecordConflict) {
            try record.checkRoom(for: authenticator)
        } catch {
            throw AdminError(error, of: account.name, adding: authenticator.name)
        }
    }

    /// Whether `reply` is a code of this authenticator's now.
    ///
    /// The code that confirms it is used up.
    func confirm(_ reply: String, at now: Int64, under policy: Policy) -> Bool {
        let alone = Enrollment(
            uid: account.uid,
            name: account.name,
            authenticators: [authenticator]
        )
        let judgement = Verifier.verify(
            Reply(parsing: Array(reply.utf8)),
            of: alone,
            LoginState(authenticators: [progress]),
            at: now,
            under: policy
        )
        guard case .accepted = judgement.verdict,
            let used = judgement.state?.progress(of: authenticator.id)
        else { return false }
        progress.next = used.next
        return true
    }

    /// By how many seconds the app's clock is ahead of this host's, going by a code that is not one
    /// of now; nil for what it shows at no time within fourteen hours, the most that time zones are
    /// apart.
    ///
    /// Of codes that are simply wrong, one in 300 is taken for one of these.
    func clockOffset(of reply: String, at now: Int64) -> Int64? {
        let parameters = authenticator.parameters
        guard case .timeStep(let period) = parameters.movingFactor,
            case .code(let code, parameters.digits) = Reply(parsing: Array(reply.utf8))
        else { return nil }
        let present = TOTP.step(at: now, period: period)
        for distance in 1...max(1, 14 * 3600 / period) {
            for step in [-distance, distance] {
                let candidate = TOTP.code(
                    secret: authenticator.secret,
                    step: present + step,
                    algorithm: parameters.algorithm,
                    digits: parameters.digits
                )
                if candidate == code { return step * period }
            }
        }
        return nil
    }

    /// Saves it, with recovery codes if the person has none; returns those.
    func save(in store: borrowing Store) throws -> [Text] {
        let new = try RecoverySet.generate()
        return try store.changeRecord(of: account, creating: true) {
            (record) throws(AdminError) -> [Text] in
            do throws(RecordConflict) {
                try record.add(authenticator, progress)
            } catch {
                throw AdminError(error, of: account.name, adding: authenticator.name)
            }
            guard record.enrollment.recovery == nil, record.enrollment.importedRecovery == nil
            else { return [] }
            record.replaceRecovery(with: new.set)
            return new.codes
        }
    }

    /// The whole record of somebody who has none yet, not confirmed.
    func firstRecord(recovery: RecoverySet?) throws(RecordConflict) -> Record {
        var record = Record(of: account)
        try record.add(authenticator, progress)
        if let recovery { record.replaceRecovery(with: recovery) }
        return record
    }
}
