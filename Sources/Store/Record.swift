package import System
package import Verification

/// Why a record does not take an authenticator or a name for one; it is left as it was.
package enum RecordConflict: Error, Equatable {
    /// Another of the person's authenticators has that name.
    case nameTaken
    /// Another one, of this name, has the same secret: one that is lost would be both.
    case secretTaken(by: Text)
    /// There are as many as there can be.
    case full
}

/// One person's enrollment and state together, while an administrator changes them.
///
/// Whatever is enrolled here gets its place in the state, and nothing else does: an authenticator
/// or a set of recovery codes that only an enrollment file knows is not active.
package struct Record {
    package private(set) var enrollment: Enrollment
    package private(set) var state: LoginState

    package init(enrollment: Enrollment, state: LoginState) {
        self.enrollment = enrollment
        self.state = state
    }

    /// An empty record, for somebody who is not enrolled.
    package init(of account: Account) {
        self.init(
            enrollment: Enrollment(uid: account.uid, name: account.name),
            state: LoginState()
        )
    }

    /// Adds an authenticator that has got as far as `progress`.
    package mutating func add(
        _ authenticator: Authenticator,
        _ progress: LoginState.Progress
    ) throws(RecordConflict) {
        try checkRoom(for: authenticator)
        enrollment.authenticators.append(authenticator)
        makeRoom()
        state.authenticators.append(progress)
    }

    /// Throws what would keep `authenticator` from being added.
    package func checkRoom(for authenticator: Authenticator) throws(RecordConflict) {
        let existing = enrollment.authenticators
        guard existing.count < Enrollment.maximumAuthenticators else { throw .full }
        if enrollment.authenticator(named: authenticator.name) != nil { throw .nameTaken }
        if let same = existing.first(where: { $0.secret.isEqual(to: authenticator.secret) }) {
            throw .secretTaken(by: same.name)
        }
    }

    package mutating func remove(_ authenticator: Authenticator) {
        enrollment.authenticators.removeAll { $0.id == authenticator.id }
        state.authenticators.removeAll { $0.id == authenticator.id }
    }

    /// Gives an authenticator another name; how far it has got stays.
    package mutating func rename(
        _ authenticator: Authenticator,
        to name: Text
    ) throws(RecordConflict) {
        if enrollment.authenticator(named: name) != nil { throw .nameTaken }
        guard let index = enrollment.authenticators.firstIndex(where: { $0.id == authenticator.id })
        else { return }
        enrollment.authenticators[index] = authenticator.renamed(to: name)
    }

    /// Writes the record for another name of the same uid.
    package mutating func renameUser(to name: Text) { enrollment.name = name }

    /// Records how far an authenticator has got; one that was not active is so from now on.
    package mutating func update(_ progress: LoginState.Progress) {
        if state.progress(of: progress.id) == nil {
            makeRoom()
            state.authenticators.append(progress)
        } else {
            state.update(progress)
        }
    }

    /// Forgets what is not enrolled any more.
    private mutating func makeRoom() {
        state.authenticators.removeAll { known in
            !enrollment.authenticators.contains { $0.id == known.id }
        }
    }

    /// Puts an authenticator out of use or back into it; nothing of it is lost.
    ///
    /// This is in the state alone: an older enrollment file that comes back enables nothing.
    package mutating func setDisabled(_ isDisabled: Bool, _ authenticator: Authenticator) {
        guard var progress = state.progress(of: authenticator.id) else { return }
        progress.isDisabled = isDisabled
        state.update(progress)
    }

    /// The authenticators whose codes can be accepted: known to the state, and not disabled.
    package var usableAuthenticators: [Authenticator] {
        enrollment.authenticators.filter { state.progress(of: $0.id)?.isDisabled == false }
    }

    /// Replaces all recovery codes, imported ones too; none of the new ones is used.
    package mutating func replaceRecovery(with set: RecoverySet) {
        enrollment.recovery = set
        state.recovery = LoginState.RecoveryUse(id: set.id)
        enrollment.importedRecovery = nil
        state.importedRecovery = nil
    }

    /// Adds recovery codes that come from elsewhere, in the place of others that did.
    package mutating func importRecovery(_ set: RecoverySet) {
        enrollment.importedRecovery = set
        state.importedRecovery = LoginState.RecoveryUse(id: set.id)
    }

    /// Ends a wait or a stop: the purse is full again.
    package mutating func unlock() { state.throttle = LoginState.Throttle() }

    /// How many recovery codes can still be used.
    package var recoveryCodesLeft: Int { state.recoveryCodesLeft(of: enrollment) }
}
