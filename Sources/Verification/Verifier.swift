internal import OTP
internal import System

/// The verdict on a reply: a pure function of its arguments.
package enum Verifier {
    /// Decides on `reply` for the person with this enrollment and state.
    ///
    /// Every reply that is looked at gives a state to write, a refused one too: whether the disk
    /// takes it must not depend on what was typed. `now` is in seconds since 1970. `tellingOwner`
    /// says whether somebody who is let in will hear of the wrong codes before; if not, the next one
    /// will.
    package static func verify(
        _ reply: borrowing Reply,
        of enrollment: Enrollment,
        _ state: LoginState,
        at now: Int64,
        under policy: Policy,
        tellingOwner: Bool = true
    ) -> Judgement {
        let attempt = Attempt(
            enrollment: enrollment,
            state: state,
            now: now,
            policy: policy,
            purse: Purse(for: enrollment.authenticators, under: policy),
            tellingOwner: tellingOwner
        )
        switch reply {
        case .code(let code, let digits):
            let candidates = enrollment.authenticators.filter { $0.parameters.digits == digits }
            let imported =
                digits == RecoverySet.importedDigits ? enrollment.importedRecovery : nil
            if candidates.isEmpty && imported == nil { return .notLookedAt(.notACode) }
            if let hindrance = attempt.hindrance { return hindrance }
            let matches = imported?.slots(of: reply.canonicalText()) ?? 0
            return attempt.verify(code, by: candidates, or: matches, of: imported)
        case .recoveryCode(let code):
            // Not held up by a wait or a stop: whoever makes them must not lock the owner out, and
            // 75 bits need no throttle.
            guard let set = enrollment.recovery else { return .notLookedAt(.notACode) }
            return attempt.verify(code, in: set)
        case .unrecognised:
            return .notLookedAt(.notACode)
        }
    }
}

/// One reply, and what it is judged by.
private struct Attempt {
    let enrollment: Enrollment
    let state: LoginState
    let now: Int64
    let policy: Policy
    let purse: Purse
    let tellingOwner: Bool

    /// Why no code is looked at now, if that is so.
    var hindrance: Judgement? {
        guard let refusal = state.throttle.hindrance(purse, at: now, under: policy) else {
            return nil
        }
        guard case .waiting = refusal, state.throttle.isAhead(of: now) else {
            return .notLookedAt(refusal)
        }
        // The clock has gone back: the wait begins now, or it would last until the clock is there
        // again.
        var next = state
        next.throttle.lastWrongAt = now
        return Judgement(verdict: .refused(refusal), state: next)
    }

    /// All the candidates' codes are computed, whichever matches, and every match is used up, in the
    /// imported recovery codes too, of which those at `slots` have matched.
    func verify(
        _ code: UInt32,
        by candidates: [Authenticator],
        or slots: UInt32,
        of imported: RecoverySet?
    ) -> Judgement {
        var next = state
        var accepted: Authenticator?
        var replayed: Authenticator?
        for authenticator in candidates {
            // One that the state does not know was removed, or restored from a backup: inactive.
            guard var progress = state.progress(of: authenticator.id) else { continue }
            let search = Search(authenticator, progress, at: now, under: policy)
            let match = search.matches(code)
            // Looked at like the others, so that the time does not tell it from them; and then it is
            // as if nothing had matched, so that the answer does not tell its code from a wrong one.
            if progress.isDisabled { continue }
            if let used = match.highestUnused {
                progress.next = used + 1
                progress.drift = search.drift(after: used)
                progress.lastUsedAt = now
                next.update(progress)
                accepted = accepted ?? authenticator
            } else if match.isReplay {
                replayed = replayed ?? authenticator
            }
        }
        var isRecovery = false
        if slots != 0, let imported, var use = state.importedRecovery, use.id == imported.id {
            isRecovery = slots & ~use.used != 0
            if !isRecovery, accepted == nil, replayed == nil {
                return Judgement(verdict: .refused(.replayed(authenticator: nil)), state: next)
            }
            use.used |= slots
            next.importedRecovery = use
        }
        if let accepted { return accept(next, .authenticator(name: accepted.name)) }
        if isRecovery { return acceptRecoveryCode(next) }
        if let replayed {
            return Judgement(
                verdict: .refused(.replayed(authenticator: replayed.name)),
                state: next
            )
        }
        next.throttle.charge(at: now, purse)
        return refuse(next)
    }

    /// A wrong recovery code is counted for the owner to hear of, and not charged: its guesser
    /// could otherwise empty the purse without ever waiting.
    func verify(_ code: borrowing RecoveryCode, in set: RecoverySet) -> Judgement {
        var next = state
        let hash = code.hash(salt: set.salt.bytes, iterations: set.iterations)
        let isRight =
            set.hashes.indices.contains(code.slot)
            && hash.isEqual(to: SecretBytes(set.hashes[code.slot]))
        guard isRight, var use = state.recovery, use.id == set.id else { return refuse(next) }
        if use.isUsed(slot: code.slot) {
            return Judgement(verdict: .refused(.replayed(authenticator: nil)), state: next)
        }
        use.use(slot: code.slot)
        next.recovery = use
        return acceptRecoveryCode(next)
    }

    private func acceptRecoveryCode(_ state: LoginState) -> Judgement {
        accept(state, .recoveryCode(left: state.recoveryCodesLeft(of: enrollment)))
    }

    private func accept(_ state: LoginState, _ means: Acceptance.Means) -> Judgement {
        var next = state
        let acceptance = Acceptance(means: means, wrongBefore: state.wrongSinceSuccess)
        next.throttle.settle(purse)
        if tellingOwner { next.wrongSinceSuccess = 0 }
        next.lastSuccessAt = now
        return Judgement(verdict: .accepted(acceptance), state: next)
    }

    private func refuse(_ state: LoginState) -> Judgement {
        var next = state
        if next.wrongSinceSuccess < .max { next.wrongSinceSuccess += 1 }
        return Judgement(verdict: .refused(.wrong), state: next)
    }
}

extension RecoverySet {
    /// At which slots the code with this text is, bit n for slot n.
    ///
    /// One hash, and a comparison with every slot's, whichever matches.
    fileprivate func slots(of text: borrowing SecretBytes) -> UInt32 {
        let hash = RecoveryCode.hash(of: text, salt: salt.bytes, iterations: iterations)
        var slots: UInt32 = 0
        for (slot, known) in hashes.enumerated() where hash.isEqual(to: SecretBytes(known)) {
            slots |= 1 << UInt32(slot)
        }
        return slots
    }
}
