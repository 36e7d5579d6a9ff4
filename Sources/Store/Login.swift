package import System
package import Verification

extension Store {
    /// Decides on a person's reply, and returns once everything that the answer depends on is on
    /// the disk.
    ///
    /// Nil if the person is not enrolled.
    ///
    /// - Parameters:
    ///   - reply: what was typed.
    ///   - account: who is logging in.
    ///   - policy: what the administrator has set.
    ///   - now: seconds since 1970, read after the lock is held.
    ///   - lookUp: finds an account by name, for a record written under another name.
    /// - Returns: the verdict; nil if the person is not enrolled.
    /// - Throws: `StoreError`, which denies.
    package func verify(
        _ reply: borrowing Reply,
        of account: Account,
        under policy: Policy,
        at now: () -> Int64,
        lookUp: (Text) throws(SystemError) -> Account?
    ) throws(StoreError) -> Verdict? {
        try withRecord(of: account.uid) { (record) throws(StoreError) -> Verdict? in
            guard let enrollment = try enrollment(in: record, of: account.uid) else { return nil }
            try confirm(enrollment, belongsTo: account, lookUp: lookUp)
            var file = try stateFile(in: record, of: account.uid)
            let judgement = Verifier.verify(
                reply,
                of: enrollment,
                file.state,
                at: now(),
                under: policy
            )
            if let state = judgement.state { try file.replace(with: state) }
            return judgement.verdict
        }.flatMap { $0 }
    }

    /// A person is their uid.
    ///
    /// If the name in the record is another one, it must at least be another name of the same uid
    /// (usermod -l, a realm's spelling); a uid given to somebody new is not.
    func confirm(
        _ enrollment: Enrollment,
        belongsTo account: Account,
        lookUp: (Text) throws(SystemError) -> Account?
    ) throws(StoreError) {
        if enrollment.name == account.name { return }
        let recorded: Account?
        do throws(SystemError) {
            recorded = try lookUp(enrollment.name)
        } catch {
            throw .system(error)
        }
        guard recorded?.uid == account.uid else {
            throw .otherPerson(path: recordPath(of: account.uid), recorded: enrollment.name)
        }
    }
}
