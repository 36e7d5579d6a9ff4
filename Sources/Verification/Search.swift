internal import OTP
internal import System

/// The steps or counters at which one authenticator's code is looked for.
struct Search {
    /// What was found: the highest place that is still good, and whether a used one matched.
    struct Match {
        var highestUnused: Int64?
        var isReplay = false
    }

    private let authenticator: Authenticator
    private let progress: LoginState.Progress
    private let maxDrift: Int64
    /// The time step that our own clock is in; nil for a counter.
    private let step: Int64?
    private let range: ClosedRange<Int64>
    /// The last step or counter accepted; looked at too, so that a client which sends a code again,
    /// an hour later perhaps, is not charged for it.
    private let last: Int64

    init(
        _ authenticator: Authenticator,
        _ progress: LoginState.Progress,
        at now: Int64,
        under policy: Policy
    ) {
        self.authenticator = authenticator
        self.progress = progress
        maxDrift = policy.maxDrift
        switch authenticator.parameters.movingFactor {
        case .timeStep(let period):
            let step = TOTP.step(at: now, period: period)
            let drift = Int64(progress.drift).clamped(to: -policy.maxDrift...policy.maxDrift)
            let centre = step.addingSaturating(drift)
            self.step = step
            range = centre.addingSaturating(-policy.window)...centre.addingSaturating(policy.window)
        case .counter:
            step = nil
            range = progress.next...progress.next.addingSaturating(policy.lookAhead - 1)
        }
        last = progress.next.addingSaturating(-1)
    }

    /// Looks at the whole range, whatever matches and wherever: the time taken says nothing.
    func matches(_ code: UInt32) -> Match {
        let parameters = authenticator.parameters
        var match = Match()
        // The end of the range stays below Int64.max, so that there always is a next step.
        for place in [last] + range where place >= 0 && place < .max {
            let candidate = TOTP.code(
                secret: authenticator.secret,
                step: place,
                algorithm: parameters.algorithm,
                digits: parameters.digits
            )
            guard candidate == code else { continue }
            if place < progress.next {
                match.isReplay = true
            } else {
                match.highestUnused = place
            }
        }
        return match
    }

    /// The drift to go on with after the code of step `used` was accepted: one step nearer to what
    /// it has shown, and never beyond the limit (RFC 6238 §6).
    func drift(after used: Int64) -> Int32 {
        guard let step else { return 0 }
        let known = Int64(progress.drift).clamped(to: -maxDrift...maxDrift)
        let shown = used.addingSaturating(-step)
        let towards = shown.addingSaturating(-known).signum()
        return Int32(clamping: (known + towards).clamped(to: -maxDrift...maxDrift))
    }
}

extension Int64 {
    /// The sum, or the end of the range that it would pass.
    fileprivate func addingSaturating(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }
}
