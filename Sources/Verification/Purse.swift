internal import OTP

/// How many wrong codes one person's authenticators can afford.
///
/// Somebody who has the password and guesses finds one of n codes with a probability of
/// accepted / 10^digits a guess. The purse is what keeps the sum of that, for the weakest of the
/// person's authenticators, at one in 3,000, and at one in 100,000 for each login of the owner's, which
/// gives a little back. Imported recovery codes, ten at most of eight digits, could afford more than any
/// policy allows.
struct Purse: Equatable {
    private static let oddsEver: Int64 = 3_000
    private static let oddsForEachLogin: Int64 = 100_000

    /// Wrong codes until the account's codes are stopped; at least 1, for else nobody could log in.
    let capacity: UInt32
    /// How many of those a login gives back.
    let refund: UInt32

    init(for authenticators: [Authenticator], under policy: Policy) {
        var capacity = policy.purse
        var refund = policy.refund
        for authenticator in authenticators {
            let codes = Int64(HOTP.modulus(digits: authenticator.parameters.digits))
            let accepted = authenticator.acceptedAtOnce(under: policy)
            capacity = min(capacity, codes / (Self.oddsEver * accepted))
            refund = min(refund, codes / (Self.oddsForEachLogin * accepted))
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
