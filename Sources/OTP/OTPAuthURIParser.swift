package import System

/// What keeps a text from being an otpauth URI that can be honoured.
package enum OTPAuthURIError: Error, Equatable {
    case notOTPAuth
    case unsupportedType
    case badPercentEncoding
    case missingSecret
    case badSecret
    /// A parameter that must be a number, and is not or is too large.
    case badNumber(parameter: Text)
    /// A parameter given twice, where two readers could take different ones.
    case repeated(parameter: Text)
    case missingCounter
    case unsupported(OTPError)

    package var description: Text {
        switch self {
        case .notOTPAuth: "does not begin with otpauth://"
        case .unsupportedType: "is neither otpauth://totp/ nor otpauth://hotp/"
        case .badPercentEncoding: "has a % that no two hexadecimal digits follow"
        case .missingSecret: "has no secret"
        case .badSecret: "has a secret that is not base 32"
        case .badNumber(let parameter): "has a \(parameter) that is not a number"
        case .repeated(let parameter): "has \(parameter) twice"
        case .missingCounter: "has no counter"
        case .unsupported(let error): error.description
        }
    }
}

extension OTPAuthURI {
    /// Reads a URI; parameters it does not know are passed over, as every app does.
    package init(parsing text: some Collection<UInt8>) throws(OTPAuthURIError) {
        let scheme = ("otpauth://" as Text).utf8
        guard text.prefix(scheme.count).map(ASCII.lowercased).elementsEqual(scheme) else {
            throw .notOTPAuth
        }
        let parts = text.dropFirst(scheme.count).split(
            separator: UInt8(ascii: "?"),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        let path = parts[0].split(
            separator: UInt8(ascii: "/"),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        let query = try Query(parts.count > 1 ? Array(parts[1]) : [])
        guard let encoded = query.secret else { throw .missingSecret }
        guard let secret = Base32.decode(encoded) else { throw .badSecret }
        guard OTPParameters.supportedSecretLengths.contains(secret.count) else {
            throw .unsupported(.unsupportedSecretLength(bytes: secret.count))
        }
        let label = try Self.label(path.count > 1 ? Array(path[1]) : [])
        self.init(
            issuer: query.issuer ?? label.issuer,
            account: label.account,
            parameters: try query.parameters(type: Text(path[0].map(ASCII.lowercased))),
            counter: query.counter ?? 0,
            secret: SecretBytes(secret)
        )
    }

    /// `Issuer:account` or `account`; the colon may itself be encoded, and blanks may be around the
    /// account, whether or not there is an issuer.
    private static func label(
        _ text: [UInt8]
    ) throws(OTPAuthURIError) -> (issuer: Text, account: Text) {
        guard let decoded = PercentEncoding.decode(text) else { throw .badPercentEncoding }
        guard let colon = decoded.firstIndex(of: UInt8(ascii: ":")) else {
            return ("", Text(ASCII.trimmed(decoded)))
        }
        return (Text(decoded[..<colon]), Text(ASCII.trimmed(decoded[(colon + 1)...])))
    }
}

/// The parameters behind the `?`.
private struct Query {
    private(set) var secret: [UInt8]?
    private(set) var issuer: Text?
    private(set) var counter: UInt64?
    private var algorithm: Text?
    private var digits: Int?
    private var period: Int?

    init(_ text: [UInt8]) throws(OTPAuthURIError) {
        for pair in text.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(
                separator: UInt8(ascii: "="),
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            guard let value = PercentEncoding.decode(parts.count > 1 ? parts[1] : []) else {
                throw .badPercentEncoding
            }
            let name = Text(parts[0].map(ASCII.lowercased))
            switch name {
            case "secret": try Self.set(&secret, to: value, name)
            case "issuer": try Self.set(&issuer, to: Text(value), name)
            case "algorithm": try Self.set(&algorithm, to: Text(value), name)
            case "digits": try Self.set(&digits, to: Decimal.parse(value), name)
            case "period": try Self.set(&period, to: Decimal.parse(value), name)
            case "counter": try Self.set(&counter, to: Decimal.parse(value), name)
            default: break
            }
        }
    }

    private static func set<Value>(
        _ field: inout Value?,
        to value: Value?,
        _ name: Text
    ) throws(OTPAuthURIError) {
        guard field == nil else { throw .repeated(parameter: name) }
        guard let value else { throw .badNumber(parameter: name) }
        field = value
    }

    func parameters(type: Text) throws(OTPAuthURIError) -> OTPParameters {
        guard let algorithm = HashAlgorithm(name: algorithm?.utf8 ?? ("sha1" as Text).utf8) else {
            throw .unsupported(.unsupportedAlgorithm)
        }
        do throws(OTPError) {
            switch type {
            case "totp":
                return try .totp(algorithm: algorithm, digits: digits ?? 6, period: period ?? 30)
            case "hotp" where counter != nil:
                return try .hotp(algorithm: algorithm, digits: digits ?? 6)
            default: break
            }
        } catch {
            throw .unsupported(error)
        }
        throw type == "hotp" ? .missingCounter : .unsupportedType
    }
}
