import OTP
import System
import Verification

/// Somebody enrolled, with the state that their logins have left.
struct Person {
    let enrollment: Enrollment
    var state: LoginState
    var policy = Policy()

    /// Somebody new: the state knows everything that is enrolled, and nothing is used up.
    init(
        _ authenticators: [Authenticator],
        recovery: RecoverySet? = nil,
        imported: RecoverySet? = nil,
        window: Int64 = 1
    ) {
        enrollment = Enrollment(
            uid: 1000,
            name: "alice",
            authenticators: authenticators,
            recovery: recovery,
            importedRecovery: imported
        )
        state = LoginState(
            authenticators: authenticators.map { LoginState.Progress(id: $0.id) },
            recovery: recovery.map { LoginState.RecoveryUse(id: $0.id) },
            importedRecovery: imported.map { LoginState.RecoveryUse(id: $0.id) }
        )
        policy.window = window
    }

    /// What is decided on a reply; nothing is remembered.
    func judge(_ reply: String, at time: Int64 = now) -> Judgement {
        Verifier.verify(
            Reply(parsing: reply.utf8),
            of: enrollment,
            state,
            at: time,
            under: policy
        )
    }

    /// A login: the state that the verdict leaves is kept.
    @discardableResult
    mutating func type(_ reply: String, at time: Int64 = now) -> Verdict {
        let judgement = judge(reply, at: time)
        if let next = judgement.state { state = next }
        return judgement.verdict
    }
}

extension Verdict {
    var isAccepted: Bool {
        if case .accepted = self { true } else { false }
    }

    var acceptance: Acceptance? {
        if case .accepted(let acceptance) = self { acceptance } else { nil }
    }
}
