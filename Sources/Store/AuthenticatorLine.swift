internal import OTP
internal import System
internal import Verification

/// An authenticator's line in the enrollment: everything on it but the sealed secret.
struct AuthenticatorLine {
    private let id: Identifier
    private let name: Text
    private let parameters: OTPParameters
    private let enrolledAt: Int64

    init(_ authenticator: Authenticator) {
        id = authenticator.id
        name = authenticator.name
        parameters = authenticator.parameters
        enrolledAt = authenticator.enrolledAt
    }

    /// Reads the eight fields behind `authenticator`; nil if one is not what it should be.
    init?(_ fields: [ArraySlice<UInt8>]) {
        guard fields.count == 8,
            let id = Identifier(text: fields[0]),
            let algorithm = HashAlgorithm(name: fields[2]),
            let digits = Decimal.parse(fields[3], as: Int.self),
            let period = Decimal.parse(fields[4], as: Int.self),
            let enrolledAt = Decimal.parse(fields[5], as: Int64.self),
            Authenticator.isValidName(Text(fields[7]))
        else { return nil }
        do throws(OTPError) {
            switch Text(fields[1]) {
            case "totp":
                parameters = try .totp(algorithm: algorithm, digits: digits, period: period)
            case "hotp" where period == 0:
                parameters = try .hotp(algorithm: algorithm, digits: digits)
            default: return nil
            }
        } catch {
            return nil
        }
        self.id = id
        self.enrolledAt = enrolledAt
        name = Text(fields[7])
    }

    func authenticator(secret: consuming SecretBytes) -> Authenticator {
        Authenticator(
            id: id,
            name: name,
            parameters: parameters,
            enrolledAt: enrolledAt,
            secret: secret
        )
    }

    func text(sealed: [UInt8]) -> [UInt8] {
        ("\(fieldsBeforeSecret) \(Hexadecimal.encode(sealed)) \(name)" as Text).utf8
    }

    /// What the sealed secret is bound to.
    ///
    /// The name comes last: it may hold blanks.
    func associatedData(uid: UserID) -> [UInt8] {
        ("\(EnrollmentFile.header)\nuser \(uid)\n\(fieldsBeforeSecret) \(name)" as Text).utf8
    }

    private var fieldsBeforeSecret: Text {
        let type: Text
        let period: Int64
        switch parameters.movingFactor {
        case .timeStep(let seconds): (type, period) = ("totp", seconds)
        case .counter: (type, period) = ("hotp", 0)
        }
        let algorithm = parameters.algorithm.name
        return
            "authenticator \(id.text) \(type) \(algorithm) \(parameters.digits) \(period) \(enrolledAt)"
    }
}
