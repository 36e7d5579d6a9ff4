internal import OTP
internal import System
internal import Verification

@testable internal import Store

extension FuzzTarget {
    /// The time, a policy, a state, and what was typed.
    static let verdict = FuzzTarget(name: "verdict") { bytes in
        var reader = InputReader(bytes)
        let now: Int64 = reader.number()
        let policy = policy(&reader)
        let isTold = reader.number(UInt8.self) % 2 == 0
        // Whose state it is, and how new, is none of this one's business.
        let content =
            Array(StateSlot(generation: 1, state: LoginState()).encode(uid: Fixture.uid).prefix(20))
            + reader.bytes(StateSlot.contentSize - 20)
        guard let state = SavedState.decode(content, uid: Fixture.uid) else { return }
        let typed = Array(reader.rest)
        let chosen = Fixture.replies[typed.reduce(0) { $0 &+ Int($1) } % Fixture.replies.count]
        for text in [typed, chosen.utf8] {
            let visit = Visit(state: state, now: now, policy: policy, isTold: isTold)
            visit.check(text)
        }
    }

    private static func policy(_ reader: inout InputReader) -> Policy {
        var policy = Policy()
        policy.window = Int64(reader.number(UInt8.self))
        policy.lookAhead = Int64(reader.number(UInt8.self))
        policy.maxDrift = Int64(reader.number(UInt8.self))
        policy.purse = Int64(reader.number(UInt8.self))
        policy.refund = Int64(reader.number(UInt8.self))
        policy.freeAttempts = Int64(reader.number(UInt8.self))
        policy.firstWait = Int64(reader.number(UInt16.self))
        policy.longestWait = Int64(reader.number(UInt16.self))
        return policy
    }
}

/// One login of the fixture's owner.
private struct Visit {
    let state: LoginState
    let now: Int64
    let policy: Policy
    let isTold: Bool

    func check(_ text: [UInt8]) {
        let first = verdict(text, state)
        guard let next = first.state else {
            if case .accepted = first.verdict { fatalError("accepted, and nothing to write") }
            return
        }
        let saved = SavedState.encode(next, uid: Fixture.uid)
        require(SavedState.decode(saved, uid: Fixture.uid) == next, "the state can be written")
        Slots.checkNeverBack(from: state, to: next)
        guard case .accepted(let acceptance) = first.verdict else { return }
        require(isGood(text, acceptance, next), "only a code that is good and unused is accepted")
        if case .accepted = verdict(text, next).verdict {
            fatalError("a code has opened two logins")
        }
    }

    private func verdict(_ text: [UInt8], _ state: LoginState) -> Judgement {
        Verifier.verify(
            Reply(parsing: text),
            of: Fixture.enrollment,
            state,
            at: now,
            under: policy,
            tellingOwner: isTold
        )
    }

    /// Whether what was accepted is a code of the step or counter before the next one, or a recovery
    /// code that was not used.
    private func isGood(_ text: [UInt8], _ acceptance: Acceptance, _ next: LoginState) -> Bool {
        let reply = Reply(parsing: text)
        let typed = reply.canonicalText().withUnsafeBytes { Array($0) }
        switch acceptance.means {
        case .authenticator(let name):
            guard let authenticator = Fixture.enrollment.authenticator(named: name),
                let before = state.progress(of: authenticator.id),
                let after = next.progress(of: authenticator.id)
            else { return false }
            return !before.isDisabled && after.next > before.next
                && Fixture.code(authenticator, after.next - 1).utf8 == typed
        case .recoveryCode:
            let ours = Fixture.recoveryTexts.firstIndex { $0.utf8 == typed }
            let imported = Fixture.importedTexts.firstIndex { $0.utf8 == typed }
            return ours.map { state.recovery?.isUsed(slot: $0) == false } ?? false
                || imported.map { state.importedRecovery?.isUsed(slot: $0) == false } ?? false
        }
    }
}
