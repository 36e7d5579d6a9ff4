extension LoginState {
    /// Why no code of these authenticators would be looked at now; nil if one would be.
    ///
    /// - Parameters:
    ///   - authenticators: all of the person's.
    ///   - now: seconds since 1970.
    ///   - policy: what the administrator has set.
    /// - Returns: `Refusal.waiting`, `.stopped` or nil.
    package func hindrance(
        of authenticators: [Authenticator],
        at now: Int64,
        under policy: Policy
    ) -> Refusal? {
        throttle.hindrance(Purse(for: authenticators, under: policy), at: now, under: policy)
    }
}

/// What wrong codes have cost (RFC 4226 §7.3, NIST SP 800-63B-4 §3.2.2).
extension LoginState.Throttle {
    /// Why no code is looked at now; nil if one would be.
    func hindrance(_ purse: Purse, at now: Int64, under policy: Policy) -> Refusal? {
        if isStopped(purse) { return .stopped }
        let seconds = wait(at: now, under: policy)
        return seconds == 0 ? nil : .waiting(seconds: seconds)
    }

    /// Whether the account's codes are stopped, until `totp-admin unlock`.
    func isStopped(_ purse: Purse) -> Bool { charged >= purse.capacity }

    /// How many seconds there are left to wait; 0 for none.
    ///
    /// A time in the future is one at which the clock was wrong; it counts as now.
    func wait(at now: Int64, under policy: Policy) -> Int64 {
        let since = now.subtractingReportingOverflow(min(lastWrongAt, now))
        guard !since.overflow else { return 0 }
        return max(0, wholeWait(under: policy) - since.partialValue)
    }

    /// The wait that the wrong codes in a row are worth, in seconds.
    private func wholeWait(under policy: Policy) -> Int64 {
        let beyond = Int64(consecutiveWrong) - policy.freeAttempts
        guard beyond >= 0 else { return 0 }
        let longest = max(policy.firstWait, policy.longestWait)
        // 2^12 first waits are longer than any.
        return min(longest, policy.firstWait << min(beyond, 12))
    }

    /// Whether the last wrong code is in the future, so that it has to be recorded anew.
    func isAhead(of now: Int64) -> Bool { consecutiveWrong > 0 && lastWrongAt > now }

    mutating func charge(at now: Int64, _ purse: Purse) {
        charged = min(charged + 1, purse.capacity)
        if consecutiveWrong < .max { consecutiveWrong += 1 }
        lastWrongAt = now
    }

    /// A login ends the wait and gives a little back; a stop is not ended by it.
    mutating func settle(_ purse: Purse) {
        if !isStopped(purse) { charged -= min(charged, purse.refund) }
        consecutiveWrong = 0
        lastWrongAt = 0
    }
}
