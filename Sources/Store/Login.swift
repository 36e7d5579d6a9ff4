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
        var aliases = [account.name]
        while true {
            let attempt = try withRecord(of: account.uid) {
                (record) throws(StoreError) -> Attempt in
                guard let enrollment = try enrollment(in: record, of: account.uid) else {
                    return .notEnrolled
                }
                guard aliases.contains(enrollment.name) else { return .named(enrollment.name) }
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
                return .decided(judgement.verdict)
            }
            switch attempt {
            case nil, .notEnrolled: return nil
            case .decided(let verdict): return verdict
            case .named(let name):
                // Outside the lock: nobody knows how long a directory takes to answer.
                try confirm(name, belongsTo: account, lookUp: lookUp)
                aliases.append(name)
            }
        }
    }

    private enum Attempt {
        case notEnrolled
        /// The record is in a name that has yet to be confirmed.
        case named(Text)
        case decided(Verdict)
    }

    /// Makes sure that the name in a person's record is theirs.
    ///
    /// A person is their uid.
    ///
    /// If the name is not the one that logs in, it must at least be another one of the same uid (a
    /// realm's spelling); a uid given to somebody new is not.
    package func confirm(
        _ recorded: Text,
        belongsTo account: Account,
        lookUp: (Text) throws(SystemError) -> Account?
    ) throws(StoreError) {
        if recorded == account.name { return }
        let found: Account?
        do throws(SystemError) {
            found = try lookUp(recorded)
        } catch {
            throw .system(error)
        }
        guard found?.uid == account.uid else {
            throw .otherPerson(path: recordPath(of: account.uid), recorded: recorded)
        }
    }
}
