package import Verification

/// One person's enrollment and state together, while an administrator changes them.
///
/// Whatever is enrolled here gets its place in the state, and nothing else does: an authenticator
/// or a set of recovery codes that only an enrollment file knows is not alive.
package struct Record {
    package private(set) var enrollment: Enrollment
    package private(set) var state: LoginState

    init(enrollment: Enrollment, state: LoginState) {
        self.enrollment = enrollment
        self.state = state
    }

    /// Adds an authenticator that has got as far as `progress`.
    package mutating func add(_ authenticator: Authenticator, _ progress: LoginState.Progress) {
        enrollment.authenticators.append(authenticator)
        state.authenticators.removeAll { known in
            !enrollment.authenticators.contains { $0.id == known.id }
        }
        state.authenticators.append(progress)
    }

    package mutating func remove(_ authenticator: Authenticator) {
        enrollment.authenticators.removeAll { $0.id == authenticator.id }
        state.authenticators.removeAll { $0.id == authenticator.id }
    }

    /// Records how far an authenticator has got.
    package mutating func update(_ progress: LoginState.Progress) { state.update(progress) }

    /// Replaces all recovery codes; none of the new ones is used.
    package mutating func replaceRecovery(with set: RecoverySet) {
        enrollment.recovery = set
        state.recovery = LoginState.RecoveryUse(id: set.id)
    }

    /// Ends a wait or a stop: the purse is full again.
    package mutating func unlock() { state.throttle = LoginState.Throttle() }

    /// How many recovery codes can still be used.
    package var recoveryCodesLeft: Int {
        guard let set = enrollment.recovery, let use = state.recovery, use.id == set.id else {
            return 0
        }
        return set.hashes.count - use.used.nonzeroBitCount
    }
}
