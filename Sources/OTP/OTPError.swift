package import System

/// A parameter of a one-time password that is out of bounds.
package enum OTPError: Error, Equatable {
    case unsupportedDigits(Int)
    case unsupportedPeriod(Int)
    case unsupportedAlgorithm
    /// RFC 4226 §4 R6 wants 128 bits; older tools made 80, and those must be importable.
    case unsupportedSecretLength(bytes: Int)

    package var description: Text {
        switch self {
        case .unsupportedDigits(let digits): "digits \(digits) is not from 6 to 8"
        case .unsupportedPeriod(let period): "period \(period) is not from 5 to 300 seconds"
        case .unsupportedAlgorithm: "algorithm is not sha1, sha256 or sha512"
        case .unsupportedSecretLength(let bytes): "a secret of \(bytes) bytes is not from 10 to 128"
        }
    }
}
