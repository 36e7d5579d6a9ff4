internal import OTP
internal import System

extension FuzzTarget {
    static let otpauthURI = FuzzTarget(name: "otpauth-uri") { bytes in
        guard let text = uriText(bytes) else { return }
        guard let first = URIContents(text.utf8) else { fatalError("our own URI cannot be read") }
        require(first.isWithinBounds, "what is read is what codes can be made of")
        let read = URIContents(bytes)
        require(read.map { $0.isSame(as: first) } ?? false, "a URI that is written reads the same")
    }

    /// The URI as it is written after it was read; nil if it cannot be read.
    private static func uriText(_ bytes: [UInt8]) -> Text? {
        do throws(OTPAuthURIError) {
            return try OTPAuthURI(parsing: bytes).text()
        } catch {
            require(!error.description.isEmpty, "an error says what is wrong")
            return nil
        }
    }
}

/// What a URI says, in a form that can be compared.
private struct URIContents {
    let issuer: Text
    let account: Text
    let parameters: OTPParameters
    let counter: UInt64
    let secret: [UInt8]

    init?(_ bytes: [UInt8]) {
        do throws(OTPAuthURIError) {
            let uri = try OTPAuthURI(parsing: bytes)
            (issuer, account, parameters) = (uri.issuer, uri.account, uri.parameters)
            secret = uri.secret.withUnsafeBytes { Array($0) }
            // Beside a time step it says nothing, and is not written.
            counter = uri.parameters.movingFactor == .counter ? uri.counter : 0
        } catch {
            return nil
        }
    }

    var isWithinBounds: Bool {
        OTPParameters.supportedSecretLengths.contains(secret.count)
            && OTPParameters.supportedDigits.contains(parameters.digits)
    }

    func isSame(as other: URIContents) -> Bool {
        let isSameKey = parameters == other.parameters && counter == other.counter
        // A colon parts issuer and account, and neither can hold one (Key URI Format, "Label").
        let hasColon = (issuer.utf8 + account.utf8).contains(UInt8(ascii: ":"))
        let isSameLabel = issuer == other.issuer && account == other.account
        return isSameKey && secret == other.secret && (hasColon || isSameLabel)
    }
}
