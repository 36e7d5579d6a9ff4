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
    private let next: Int64
    private let range: ClosedRange<Int64>

    init(
        _ authenticator: Authenticator,
        _ progress: LoginState.Progress,
        at now: Int64,
        under policy: Policy
    ) {
        self.authenticator = authenticator
        next = progress.next
        switch authenticator.parameters.movingFactor {
        case .timeStep(let period):
            let centre = TOTP.step(at: now, period: period)
                .addingSaturating(Int64(progress.drift))
            range = centre.addingSaturating(-policy.window)...centre.addingSaturating(policy.window)
        case .counter:
            range = next...next.addingSaturating(policy.lookAhead)
        }
    }

    /// Looks at the whole range, whatever matches and wherever: the time taken says nothing.
    func matches(_ code: UInt32) -> Match {
        let parameters = authenticator.parameters
        var match = Match()
        // The end of the range stays below Int64.max, so that there always is a next step.
        for place in range where place >= 0 && place < .max {
            let candidate = TOTP.code(
                secret: authenticator.secret,
                step: place,
                algorithm: parameters.algorithm,
                digits: parameters.digits
            )
            guard candidate == code else { continue }
            if place >= next { match.highestUnused = place } else { match.isReplay = true }
        }
        return match
    }
}

extension Int64 {
    /// The sum, or the end of the range that it would pass.
    fileprivate func addingSaturating(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }
}
