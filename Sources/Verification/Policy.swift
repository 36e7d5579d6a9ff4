/// What an administrator may set about the verdict.
///
/// Every value is within its bounds, whoever sets it, and within them every promise holds; how much
/// a guesser may spend follows from `Purse`, not from a setting alone.
package struct Policy: Equatable {
    /// How many time steps either side of the expected one are accepted.
    ///
    /// RFC 6238 §5.2 recommends one at most.
    package var window: Int64 = 1 {
        didSet { window = window.clamped(to: Self.windowBounds) }
    }
    /// How many counters from the next one on are tried (RFC 4226 §7.4).
    package var lookAhead: Int64 = 10 {
        didSet { lookAhead = lookAhead.clamped(to: Self.lookAheadBounds) }
    }
    /// How many steps an authenticator's clock may be learnt to be off, either way (RFC 6238 §6).
    package var maxDrift: Int64 = 20 {
        didSet { maxDrift = maxDrift.clamped(to: Self.maxDriftBounds) }
    }
    /// Wrong codes before the account's codes are stopped, where `Purse` does not allow fewer.
    package var purse: Int64 = 100 {
        didSet { purse = purse.clamped(to: Self.purseBounds) }
    }
    /// How many of them a login gives back, where `Purse` does not allow fewer.
    package var refund: Int64 = 3 {
        didSet { refund = refund.clamped(to: Self.refundBounds) }
    }
    /// Wrong codes in a row before the first wait.
    package var freeAttempts: Int64 = 5 {
        didSet { freeAttempts = freeAttempts.clamped(to: Self.freeAttemptsBounds) }
    }
    /// The first wait, in seconds; every further wrong code doubles it.
    package var firstWait: Int64 = 30 {
        didSet { firstWait = firstWait.clamped(to: Self.firstWaitBounds) }
    }
    /// The longest wait, in seconds.
    package var longestWait: Int64 = 900 {
        didSet { longestWait = longestWait.clamped(to: Self.longestWaitBounds) }
    }

    package static let windowBounds: ClosedRange<Int64> = 0...5
    package static let lookAheadBounds: ClosedRange<Int64> = 1...50
    package static let maxDriftBounds: ClosedRange<Int64> = 0...240
    /// NIST SP 800-63B-4 §3.2.2 allows 100.
    package static let purseBounds: ClosedRange<Int64> = 5...100
    package static let refundBounds: ClosedRange<Int64> = 0...3
    package static let freeAttemptsBounds: ClosedRange<Int64> = 1...10
    package static let firstWaitBounds: ClosedRange<Int64> = 1...900
    package static let longestWaitBounds: ClosedRange<Int64> = 30...900

    package init() {}

    /// How many steps ahead a clock may have been accepted at that was `drift` ahead some time ago.
    ///
    /// One that was further off than may be now was so under another `max_drift`, of which no more is
    /// known.
    func farthestDrift(after drift: Int32) -> Int64 {
        Int64(drift.magnitude) > maxDrift ? Self.maxDriftBounds.upperBound : maxDrift
    }
}

extension Int64 {
    /// The nearest number within `bounds`.
    package func clamped(to bounds: ClosedRange<Int64>) -> Int64 {
        Swift.min(Swift.max(self, bounds.lowerBound), bounds.upperBound)
    }
}
