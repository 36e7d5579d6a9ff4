internal import OTP
internal import System

/// The verdict on a reply: a pure function of its arguments.
package enum Verifier {
    /// Decides on `reply` for the person with this enrollment and state.
    ///
    /// Every reply that is looked at gives a state to write, a refused one too: whether the disk
    /// takes it must not depend on what was typed.
    ///
    /// `now` is in seconds since 1970.
    package static func verify(
        _ reply: borrowing Reply,
        of enrollment: Enrollment,
        _ state: LoginState,
        at now: Int64,
        under policy: Policy
    ) -> Judgement {
        switch reply {
        case .code(let code, let digits):
            let candidates = enrollment.authenticators.filter { $0.parameters.digits == digits }
            if candidates.isEmpty { return .notLookedAt }
            return verify(code, by: candidates, state, at: now, under: policy)
        case .recoveryCode(let code):
            guard let set = enrollment.recovery else { return .notLookedAt }
            return verify(code, in: set, state, at: now)
        case .unrecognised:
            return .notLookedAt
        }
    }

    /// All the candidates' codes are computed, whichever matches, and every match is used up.
    private static func verify(
        _ code: UInt32,
        by candidates: [Authenticator],
        _ state: LoginState,
        at now: Int64,
        under policy: Policy
    ) -> Judgement {
        var next = state
        var accepted: Authenticator?
        var replayed: Authenticator?
        for authenticator in candidates {
            // One that the state does not know was removed, or restored from a backup: not alive.
            guard var progress = state.progress(of: authenticator.id) else { continue }
            let match = Search(authenticator, progress, at: now, under: policy).matches(code)
            if let used = match.highestUnused {
                progress.next = used + 1
                progress.lastUsedAt = now
                next.update(progress)
                accepted = accepted ?? authenticator
            } else if match.isReplay {
                replayed = replayed ?? authenticator
            }
        }
        if let accepted { return next.accept(.authenticator(name: accepted.name), at: now) }
        if let replayed { return next.refuse(.replayed(authenticator: replayed.name)) }
        return next.refuse(.wrong)
    }

    private static func verify(
        _ code: borrowing RecoveryCode,
        in set: RecoverySet,
        _ state: LoginState,
        at now: Int64
    ) -> Judgement {
        var next = state
        let hash = code.hash(salt: set.salt, iterations: set.iterations)
        let isRight =
            set.hashes.indices.contains(code.slot)
            && hash.isEqual(to: SecretBytes(set.hashes[code.slot]))
        guard isRight, var use = state.recovery, use.id == set.id else {
            return next.refuse(.wrong)
        }
        if use.isUsed(slot: code.slot) { return next.refuse(.replayed(authenticator: nil)) }
        use.use(slot: code.slot)
        next.recovery = use
        let left = RecoveryCode.count - use.used.nonzeroBitCount
        return next.accept(.recoveryCode(left: left), at: now)
    }
}

extension LoginState {
    fileprivate consuming func accept(_ means: Acceptance.Means, at now: Int64) -> Judgement {
        let acceptance = Acceptance(means: means, wrongBefore: wrongSinceSuccess)
        wrongSinceSuccess = 0
        lastSuccessAt = now
        return Judgement(verdict: .accepted(acceptance), state: self)
    }

    fileprivate consuming func refuse(_ refusal: Refusal) -> Judgement {
        if refusal == .wrong, wrongSinceSuccess < .max { wrongSinceSuccess += 1 }
        return Judgement(verdict: .refused(refusal), state: self)
    }
}
