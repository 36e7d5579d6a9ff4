package import System

/// Time-based one-time passwords (RFC 6238).
package enum TOTP {
    /// The number of the time step that `time` is in (RFC 6238 §4.2, T0 = 0); negative before 1970.
    ///
    /// - Parameters:
    ///   - time: seconds since 1970.
    ///   - period: the step's length in seconds, at least 1.
    /// - Returns: the step's number.
    package static func step(at time: Int64, period: Int64) -> Int64 {
        let (quotient, remainder) = time.quotientAndRemainder(dividingBy: max(1, period))
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// The code for a time step; nil for a negative step, which no authenticator can show.
    package static func code(
        secret: borrowing SecretBytes,
        step: Int64,
        algorithm: HashAlgorithm,
        digits: Int
    ) -> UInt32? {
        guard let counter = UInt64(exactly: step) else { return nil }
        return HOTP.code(secret: secret, counter: counter, algorithm: algorithm, digits: digits)
    }
}
