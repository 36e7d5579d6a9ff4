internal import OTP

/// Why and until when an authenticator's right codes are refused, beyond what a login uses up.
package struct Postponement: Equatable {
    /// When its codes are good again, in seconds since 1970.
    package let until: Int64
    /// Whether the clock was ahead when that was written; else `repair` or `restore` has made sure
    /// that nothing works again which may have been used.
    package let clockWasAhead: Bool

    /// Nil for an authenticator whose codes are good now, or as soon as the last one is over, and for
    /// one that counts.
    ///
    /// - Parameters:
    ///   - authenticator: whose codes.
    ///   - progress: how far it has got.
    ///   - now: seconds since 1970.
    ///   - policy: what the administrator has set.
    package init?(
        of authenticator: Authenticator,
        _ progress: LoginState.Progress,
        at now: Int64,
        under policy: Policy
    ) {
        guard case .timeStep(let period) = authenticator.parameters.movingFactor else { return nil }
        let drift = Int64(progress.drift).clamped(to: -policy.maxDrift...policy.maxDrift)
        let (next, beyond) = progress.next.subtractingReportingOverflow(drift)
        let (until, overflow) = next.multipliedReportingOverflow(by: period)
        // A login accepts no step beyond these, and no restore goes further than the drift, there and
        // back.
        let ahead = next.subtractingReportingOverflow(TOTP.step(at: now, period: period))
        let ordinary = policy.window + 1
        guard !beyond, !ahead.overflow, ahead.partialValue > ordinary else { return nil }
        self.until = overflow ? .max : until
        let restored = ordinary + policy.farthestDrift(after: progress.drift) + policy.maxDrift + 1
        clockWasAhead = progress.lastUsedAt > now || ahead.partialValue > restored
    }
}
