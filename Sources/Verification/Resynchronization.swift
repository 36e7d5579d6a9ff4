internal import OTP
internal import System

/// Finding out how far an authenticator is off, from two codes in a row (RFC 4226 §7.4, RFC 6238
/// §6).
///
/// Only an administrator does this: a login that searched as far would accept two phished codes for
/// as long.
package enum Resynchronization {
    /// How many counters are searched for a counter-based authenticator.
    private static let counters: Int64 = 1000
    /// The same for one of which nobody knows how far it has got: more than a token counts in its
    /// life, and so few that two wrong codes are found once in ten million times.
    private static let unknownCounters: Int64 = 100_000

    /// Where `authenticator` has got to, given two codes of which the second was shown directly
    /// after the first; nil if they are not to be found.
    ///
    /// Both are used up. `known` is nil for an authenticator that is not active.
    ///
    /// A time-based one is searched for `policy.maxDrift` steps either side of `now`, in seconds
    /// since 1970.
    package static func progress(
        of authenticator: Authenticator,
        _ known: LoginState.Progress?,
        showing codes: (UInt32, UInt32),
        at now: Int64,
        under policy: Policy
    ) -> LoginState.Progress? {
        let progress = known ?? LoginState.Progress(id: authenticator.id)
        let parameters = authenticator.parameters
        func isShown(_ code: UInt32, at place: Int64) -> Bool {
            TOTP.code(
                secret: authenticator.secret,
                step: place,
                algorithm: parameters.algorithm,
                digits: parameters.digits
            ) == code
        }
        var next = progress
        switch parameters.movingFactor {
        case .timeStep(let period):
            let step = TOTP.step(at: now, period: period)
            guard (0..<Int64.max / 2).contains(step) else { return nil }
            let drift = (-policy.maxDrift...policy.maxDrift).first { drift in
                step + drift > progress.next
                    && isShown(codes.0, at: step + drift - 1) && isShown(codes.1, at: step + drift)
            }
            guard let drift else { return nil }
            next.drift = Int32(clamping: drift)
            next.next = step + drift + 1
        case .counter:
            guard progress.next < Int64.max / 2 else { return nil }
            let counters = known == nil ? unknownCounters : counters
            let place = (progress.next..<progress.next + counters).first { place in
                isShown(codes.0, at: place) && isShown(codes.1, at: place + 1)
            }
            guard let place else { return nil }
            next.next = place + 2
        }
        return next
    }
}
