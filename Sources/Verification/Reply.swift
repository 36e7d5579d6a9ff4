package import OTP
package import System

/// What was typed, read for its shape alone.
///
/// Nothing of it is ever logged.
package enum Reply: ~Copyable {
    /// Six to eight digits.
    case code(UInt32, digits: Int)
    case recoveryCode(RecoveryCode)
    /// Anything else: nothing, a password, a paragraph.
    case unrecognised

    /// More bytes than this are no code, however they are spaced.
    package static let maximumLength = 64

    /// Reads what was typed.
    ///
    /// Blanks are passed over: apps show codes in groups.
    package init(parsing text: some BidirectionalCollection<UInt8>) {
        guard text.count <= Self.maximumLength else {
            self = .unrecognised
            return
        }
        var value: UInt32 = 0
        var digits = 0
        var isCode = true
        for byte in text where !ASCII.isBlank(byte) {
            guard ASCII.isDigit(byte), digits < OTPParameters.supportedDigits.upperBound else {
                isCode = false
                break
            }
            value = value * 10 + UInt32(byte - UInt8(ascii: "0"))
            digits += 1
        }
        if isCode, OTPParameters.supportedDigits.contains(digits) {
            self = .code(value, digits: digits)
        } else if let code = RecoveryCode(parsing: text) {
            self = .recoveryCode(code)
        } else {
            self = .unrecognised
        }
    }

    /// Whether it has the shape of anybody's code.
    package var isCode: Bool {
        switch self {
        case .unrecognised: false
        default: true
        }
    }

    /// What was typed, spelled in the one way that says the same; empty if it was no code.
    package borrowing func canonicalText() -> SecretBytes {
        switch self {
        case .code(let value, let digits): Self.digits(of: value, count: digits)
        case .recoveryCode(let code): code.canonicalText()
        case .unrecognised: SecretBytes([])
        }
    }

    private static func digits(of value: UInt32, count: Int) -> SecretBytes {
        unsafe SecretBytes(count: count) { text in
            var rest = value
            for index in text.indices.reversed() {
                unsafe text[index] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
        }
    }
}
