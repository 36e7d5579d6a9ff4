package import System
package import Verification

extension Store {
    /// Decides on a person's reply, and returns once everything that the answer depends on is on
    /// the disk.
    ///
    /// - Parameters:
    ///   - reply: what was typed.
    ///   - account: who is logging in.
    ///   - policy: what the administrator has set.
    ///   - tellingOwner: whether somebody who is let in will hear of the wrong codes before.
    ///   - now: seconds since 1970, read after the lock is held.
    ///   - lookUp: finds an account by name, for a record written under another name.
    /// - Returns: the verdict; nil if the person is not enrolled.
    /// - Throws: `StoreError`, which denies.
    package func verify(
        _ reply: borrowing Reply,
        of account: Account,
        under policy: Policy,
        tellingOwner: Bool = true,
        at now: () -> Int64,
        lookUp: (Text) throws(SystemError) -> Account?
    ) throws(StoreError) -> Verdict? {
        try withConfirmedRecord(of: account, lookUp: lookUp) {
            (record, names) throws(StoreError) -> Found<Verdict?> in
            guard let enrollment = try enrollment(in: record, of: account.uid) else {
                return .done(nil)
            }
            guard names.contains(enrollment.name) else { return .unconfirmed(enrollment.name) }
            var file = try stateFile(in: record, of: account.uid)
            let judgement = Verifier.verify(
                reply,
                of: enrollment,
                file.state,
                at: now(),
                under: policy,
                tellingOwner: tellingOwner
            )
            if let state = judgement.state { try file.replace(with: state) }
            return .done(judgement.verdict)
        }.flatMap { $0 }
    }
}
