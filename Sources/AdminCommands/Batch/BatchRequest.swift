internal import OTP
internal import System
internal import Verification

/// What one line of a batch asks for: an authenticator for somebody.
struct BatchRequest {
    let line: Int
    let user: Text
    let name: Text
    let parameters: OTPParameters

    /// What a line may say, by the names of columns or keys.
    enum Column: String, CaseIterable {
        case user
        case name
        case algorithm
        case digits
        case period

        static let list = allCases.map(\.rawValue).joined(separator: ", ")
    }

    /// What a line that says nothing of it gets.
    struct Defaults {
        let name: Text
        let algorithm: HashAlgorithm
        let digits: Int
        let period: Int
    }

    /// - Throws: `BatchRefusal`, with what is wrong.
    init(
        line: Int,
        _ values: [Column: Text],
        _ defaults: Defaults
    ) throws(BatchRefusal) {
        func value(_ column: Column) -> Text? {
            values[column].flatMap { $0.isEmpty ? nil : $0 }
        }
        func number(_ column: Column, _ otherwise: Int) throws(BatchRefusal) -> Int {
            guard let text = value(column) else { return otherwise }
            guard let number = Decimal.parse(text.utf8, as: Int.self) else {
                throw BatchRefusal("\(column) '\(text.escaped())' is not a number")
            }
            return number
        }
        guard let user = value(.user) else { throw BatchRefusal("there is no user") }
        let name = value(.name) ?? defaults.name
        guard Authenticator.isValidName(name) else {
            throw BatchRefusal(Authenticator.nameRule)
        }
        let algorithm = value(.algorithm).map { HashAlgorithm(name: $0.utf8) } ?? defaults.algorithm
        guard let algorithm else {
            throw BatchRefusal(OTPError.unsupportedAlgorithm.description.description)
        }
        let (digits, period) = (
            try number(.digits, defaults.digits), try number(.period, defaults.period)
        )
        do throws(OTPError) {
            parameters = try .totp(algorithm: algorithm, digits: digits, period: period)
        } catch {
            throw BatchRefusal(error.description.description)
        }
        self.line = line
        self.user = user
        self.name = name
    }
}

/// Why a line of a batch was not done; the others are.
struct BatchRefusal: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
