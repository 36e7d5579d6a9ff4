internal import OTP
internal import Store
internal import System
internal import Verification

/// What there is to say about one user, for people and as JSON.
struct UserStatus: Encodable {
    struct AuthenticatorStatus: Encodable {
        let name: String
        let type: String
        let algorithm: String
        let digits: Int
        let period: Int64?
        let enrolledAt: String?
        let lastUsedAt: String?
        /// Whether the state knows it; one that came back with an old file does not work.
        let active: Bool
        let disabled: Bool
        /// Until when right codes are refused, and why; nil if they are not.
        let refusedUntil: String?
        let refusedBecause: Postponement.Reason?
    }

    let user: String
    let uid: UserID
    let enrolled: Bool
    let authenticators: [AuthenticatorStatus]
    let recoveryCodesLeft: Int
    let lastLoginAt: String?
    let wrongCodesSinceLastLogin: UInt32
    /// Until when no code is looked at.
    let waitingUntil: String?
    /// Whether no code is looked at until `totp-admin unlock`.
    let stopped: Bool

    /// - Parameters:
    ///   - uid: whose.
    ///   - name: what to call them.
    ///   - record: theirs; nil if they are not enrolled.
    ///   - now: seconds since 1970.
    ///   - policy: what the administrator has set.
    init(
        _ uid: UserID,
        _ name: Text,
        _ record: Record?,
        at now: Int64,
        under policy: Policy
    ) {
        user = name.description
        self.uid = uid
        enrolled = record != nil
        authenticators =
            record?.enrollment.authenticators.map { authenticator in
                let progress = record?.state.progress(of: authenticator.id)
                let postponement = progress.flatMap {
                    Postponement(of: authenticator, $0, at: now, under: policy)
                }
                return AuthenticatorStatus(authenticator, progress, postponement)
            } ?? []
        recoveryCodesLeft = record?.recoveryCodesLeft ?? 0
        lastLoginAt = record.flatMap { Timestamp.text($0.state.lastSuccessAt) }
        wrongCodesSinceLastLogin = record?.state.wrongSinceSuccess ?? 0
        let hindrance = record.flatMap { record in
            record.state.hindrance(of: record.enrollment.authenticators, at: now, under: policy)
        }
        switch hindrance {
        case .waiting(let seconds)?:
            (waitingUntil, stopped) = (Timestamp.text(now + seconds), false)
        case .stopped?: (waitingUntil, stopped) = (nil, true)
        default: (waitingUntil, stopped) = (nil, false)
        }
    }

    init(notEnrolled account: Account) {
        self.init(account.uid, account.name, nil, at: 0, under: Policy())
    }

    /// The authenticators whose right codes are refused for a time, but for disabled ones.
    var postponed: [AuthenticatorStatus] {
        authenticators.filter { $0.postponement != nil && !$0.disabled }
    }

    var text: String {
        guard enrolled else { return "\(user) (uid \(uid)) is not enrolled" }
        let rows = authenticators.map { authenticator in
            let used = authenticator.lastUsedAt.map { "last used \($0)" } ?? "never used"
            let disabled = authenticator.disabled ? ", disabled" : ""
            let state =
                authenticator.active ? used + disabled : "not active; see 'totp-admin resync'"
            return "    \(authenticator.name): \(authenticator.summary), \(state)"
        }
        var hindrance = postponed.compactMap(\.postponement)
            .map { "\n  \($0); \(Postponement.advice)" }.joined()
        if stopped { hindrance += "\n  stopped: totp-admin unlock \(user)" }
        if let waitingUntil {
            hindrance += "\n  waiting until \(waitingUntil), or totp-admin unlock \(user)"
        }
        return """
            \(user) (uid \(uid)) is enrolled
              authenticators:
            \(rows.joined(separator: "\n"))
              recovery codes left: \(recoveryCodesLeft)
              last login: \(lastLoginAt ?? "never")
              wrong codes since: \(wrongCodesSinceLastLogin)\(hindrance)
            """
    }
}

extension UserStatus.AuthenticatorStatus {
    fileprivate init(
        _ authenticator: Authenticator,
        _ progress: LoginState.Progress?,
        _ postponement: Postponement?
    ) {
        name = authenticator.name.description
        switch authenticator.parameters.movingFactor {
        case .timeStep(let period): (type, self.period) = ("totp", period)
        case .counter: (type, period) = ("hotp", nil)
        }
        algorithm = authenticator.parameters.algorithm.name.description
        digits = authenticator.parameters.digits
        enrolledAt = Timestamp.text(authenticator.enrolledAt)
        lastUsedAt = progress.flatMap { Timestamp.text($0.lastUsedAt) }
        active = progress != nil
        disabled = progress?.isDisabled ?? false
        refusedUntil = postponement.flatMap { Timestamp.text($0.until) }
        refusedBecause = postponement?.reason
    }

    /// Until when right codes are refused, and why; nil if they are not.
    var postponement: String? {
        guard let refusedUntil, let refusedBecause else { return nil }
        return Postponement.text(name, until: refusedUntil, because: refusedBecause)
    }

    fileprivate var summary: String {
        let every = period.map { ", every \($0) s" } ?? ""
        return "\(type), \(algorithm), \(digits) digits\(every)"
    }
}
