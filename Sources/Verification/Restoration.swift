internal import OTP
package import System

/// A person's record made from one in a backup and what the store still has of them.
///
/// What logins have used up since the backup was made is not in it. Nothing of that may be used
/// again: a state that the store still has is believed, and what cannot be known is given up. What
/// the store has of an enrollment is newer, and stays.
package struct Restoration {
    package private(set) var enrollment: Enrollment
    package private(set) var state: LoginState
    /// Whether there is anything to write.
    package private(set) var isChange: Bool
    /// What became of what, in sentences for the administrator.
    package private(set) var notes: [Text] = []

    /// - Parameters:
    ///   - saved: the enrollment in the backup.
    ///   - savedState: the state in the backup.
    ///   - existing: the enrollment in the store; nil if there is none, or none that can be read.
    ///   - existingState: the state in the store; nil if there is none.
    ///   - now: seconds since 1970.
    ///   - policy: what the administrator has set.
    package init(
        of saved: Enrollment,
        _ savedState: LoginState,
        over existing: Enrollment?,
        _ existingState: LoginState?,
        at now: Int64,
        under policy: Policy
    ) {
        enrollment = existing ?? Enrollment(uid: saved.uid, name: saved.name)
        state = existingState ?? savedState
        isChange = existing == nil
        if existingState == nil {
            (state.authenticators, state.recovery, state.importedRecovery) = ([], nil, nil)
        }
        for authenticator in saved.authenticators {
            if enrollment.authenticators.contains(where: { $0.id == authenticator.id }) { continue }
            if let objection = objection(to: authenticator) {
                notes.append(objection)
                continue
            }
            enrollment.authenticators.append(authenticator)
            isChange = true
            if state.progress(of: authenticator.id) != nil { continue }
            add(authenticator, savedState.progress(of: authenticator.id), at: now, under: policy)
        }
        let count = state.authenticators.count
        state.authenticators.removeAll { known in
            !enrollment.authenticators.contains { $0.id == known.id }
        }
        let lost = count - state.authenticators.count
        if existing == nil, lost > 0 {
            // Said in a rehearsal too: with the right key there might be nothing to restore.
            notes.append(
                "the enrollment in the store cannot be read; authenticators lost with it: \(lost)"
            )
        }
        restoreRecovery(saved)
    }

    /// Why an authenticator of the backup is left out, if it is.
    private func objection(to authenticator: Authenticator) -> Text? {
        let name = authenticator.name
        if enrollment.authenticator(named: name) != nil {
            return "'\(name)' is another authenticator now; the one in the backup is left out"
        }
        if let same = enrollment.authenticators.first(where: {
            $0.secret.isEqual(to: authenticator.secret)
        }) {
            return "'\(name)' is called '\(same.name)' now"
        }
        if enrollment.authenticators.count >= Enrollment.maximumAuthenticators {
            return "there is no room for '\(name)'"
        }
        return nil
    }

    /// Gives an authenticator its place in the state, everything used up that may have been.
    private mutating func add(
        _ authenticator: Authenticator,
        _ saved: LoginState.Progress?,
        at now: Int64,
        under policy: Policy
    ) {
        let name = authenticator.name
        guard var progress = saved else {
            notes.append("'\(name)' was not active; see 'totp-admin resync'")
            return
        }
        switch authenticator.parameters.movingFactor {
        case .timeStep(let period):
            // One step beyond all that can have been accepted until now.
            let margin = policy.farthestDrift(after: progress.drift) + policy.window + 1
            let step = TOTP.step(at: now, period: period)
            progress.next = max(progress.next, max(0, min(step, .max / 2)) + margin)
            state.authenticators.append(progress)
            notes.append(
                progress.isDisabled
                    ? "'\(name)' stays disabled"
                    : "'\(name)' works again in \(margin * period) seconds"
            )
        case .counter:
            notes.append(
                "'\(name)' counts, and how far it has got is not known; see 'totp-admin resync'"
            )
        }
    }

    /// Codes that the store's state knows are as good as they were; others are void, and dropped,
    /// so that new ones can take their place.
    private mutating func restoreRecovery(_ saved: Enrollment) {
        let before = (enrollment.recovery?.id, enrollment.importedRecovery?.id)
        func surviving(
            _ saved: RecoverySet?,
            _ existing: RecoverySet?,
            _ use: LoginState.RecoveryUse?
        ) -> RecoverySet? {
            existing ?? (saved?.id == use?.id ? saved : nil)
        }
        enrollment.recovery = surviving(saved.recovery, enrollment.recovery, state.recovery)
        enrollment.importedRecovery = surviving(
            saved.importedRecovery,
            enrollment.importedRecovery,
            state.importedRecovery
        )
        if enrollment.recovery == nil { state.recovery = nil }
        if enrollment.importedRecovery == nil { state.importedRecovery = nil }
        if before != (enrollment.recovery?.id, enrollment.importedRecovery?.id) { isChange = true }
        let isVoid =
            saved.recovery != nil && enrollment.recovery == nil
            || saved.importedRecovery != nil && enrollment.importedRecovery == nil
        if isVoid { notes.append("the recovery codes are void; see 'totp-admin recovery'") }
    }
}
