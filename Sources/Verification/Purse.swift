internal import OTP

/// How many wrong codes one person's authenticators can afford.
///
/// Somebody who has the password and guesses finds one of n codes with a probability of
/// accepted / 10^digits a guess. The purse is what keeps the sum of that, for the weakest of the
/// person's authenticators, or their imported recovery codes, at one in 3,000, and at one in 100,000
/// for each login of the owner's, which gives a little back.
struct Purse: Equatable {
    private static let oddsEver: Int64 = 3_000
    private static let oddsForEachLogin: Int64 = 100_000

    /// Wrong codes until the account's codes are stopped; at least 1, for else nobody could log in.
    let capacity: UInt32
    /// How many of those a login gives back.
    let refund: UInt32

    init(
        for authenticators: [Authenticator],
        and imported: RecoverySet? = nil,
        under policy: Policy
    ) {
        var capacity = policy.purse
        var refund = policy.refund
        var targets = authenticators.map {
            (digits: $0.parameters.digits, accepted: $0.acceptedAtOnce(under: policy))
        }
        if let imported {
            // All of them, used or not: the purse must not grow as they are used up.
            targets.append((RecoverySet.importedDigits, Int64(max(1, imported.hashes.count))))
        }
        for target in targets {
            let codes = Int64(HOTP.modulus(digits: target.digits))
            capacity = min(capacity, codes / (Self.oddsEver * target.accepted))
            refund = min(refund, codes / (Self.oddsForEachLogin * target.accepted))
        }
        self.capacity = UInt32(clamping: max(1, capacity))
        self.refund = UInt32(clamping: refund)
    }
}

extension Authenticator {
    /// How many different codes would be accepted at one moment.
    func acceptedAtOnce(under policy: Policy) -> Int64 {
        switch parameters.movingFactor {
        case .timeStep: 2 * policy.window + 1
        case .counter: policy.lookAhead
        }
    }
}
