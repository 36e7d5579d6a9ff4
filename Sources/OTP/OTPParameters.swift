/// How an authenticator turns its secret into codes: all of it but the secret.
package struct OTPParameters: Equatable {
    /// What moves between one code and the next (RFC 4226's counter C, RFC 6238's time step T).
    package enum MovingFactor: Equatable {
        /// Time steps of `period` seconds, counted from 1970 (RFC 6238 §4.2 with T0 = 0).
        case timeStep(period: Int64)
        /// A counter that every code takes one further (RFC 4226 §5).
        case counter
    }

    package static let supportedDigits = 6...8
    package static let supportedPeriods = 5...300
    package static let supportedSecretLengths = 10...128

    package let movingFactor: MovingFactor
    package let algorithm: HashAlgorithm
    package let digits: Int

    /// Time-based parameters; what every authenticator app understands when nothing is given.
    ///
    /// `digits` is from 6 to 8, `period` from 5 to 300 seconds; else it throws
    /// `OTPError.unsupportedDigits` or `.unsupportedPeriod`.
    package static func totp(
        algorithm: HashAlgorithm = .sha1,
        digits: Int = 6,
        period: Int = 30
    ) throws(OTPError) -> OTPParameters {
        guard supportedPeriods.contains(period) else { throw .unsupportedPeriod(period) }
        return try OTPParameters(.timeStep(period: Int64(period)), algorithm, digits)
    }

    /// Counter-based parameters.
    ///
    /// `digits` is from 6 to 8; else it throws `OTPError.unsupportedDigits`.
    package static func hotp(
        algorithm: HashAlgorithm = .sha1,
        digits: Int = 6
    ) throws(OTPError) -> OTPParameters {
        try OTPParameters(.counter, algorithm, digits)
    }

    private init(
        _ movingFactor: MovingFactor,
        _ algorithm: HashAlgorithm,
        _ digits: Int
    ) throws(OTPError) {
        guard Self.supportedDigits.contains(digits) else { throw .unsupportedDigits(digits) }
        self.movingFactor = movingFactor
        self.algorithm = algorithm
        self.digits = digits
    }
}
