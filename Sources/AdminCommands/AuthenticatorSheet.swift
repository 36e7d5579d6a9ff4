internal import OTP
internal import System
internal import Verification

/// An authenticator as an app takes it over: the URI to be scanned, and the same secret to be typed.
struct AuthenticatorSheet {
    let uri: String
    /// The same without what every app takes for granted, for a smaller code.
    let shortURI: String
    /// The secret in base 32.
    let secretText: String
    private let heading: [String]

    /// - Parameters:
    ///   - authenticator: what is shown.
    ///   - user: the account's name, as the app will show it.
    ///   - issuer: who the account is with.
    ///   - counter: where a counter-based app begins.
    init(_ authenticator: Authenticator, of user: Text, issuer: Text, counter: UInt64 = 0) {
        let parameters = authenticator.parameters
        let secret = unsafe authenticator.secret.withUnsafeBytes {
            unsafe SecretBytes(copying: $0)
        }
        secretText = Base32.encode(secret).description
        let uri = OTPAuthURI(
            issuer: issuer,
            account: user,
            parameters: parameters,
            counter: counter,
            secret: secret
        )
        self.uri = uri.text().description
        shortURI = uri.text(leavingOutDefaults: true).description
        let factor =
            switch parameters.movingFactor {
            case .timeStep(let period): "\(period) s"
            case .counter: "counter-based"
            }
        let type = "\(parameters.algorithm.name), \(parameters.digits) digits, \(factor)"
        heading = ["Account: \(user)", "Issuer:  \(issuer)", "Type:    \(type)"]
    }

    /// What stands beside a QR code, or alone.
    func notes(besideCode: Bool) -> [String] {
        let instructions =
            besideCode
            ? ["Scan this with the app,", "or type the secret:"] : ["The secret, to be typed:"]
        return heading + [""] + instructions + [""] + groupedSecret
    }

    /// The secret in groups of four, four groups a line.
    private var groupedSecret: [String] {
        let characters = Array(secretText)
        let groups = stride(from: 0, to: characters.count, by: 4).map {
            String(characters[$0..<min($0 + 4, characters.count)])
        }
        return stride(from: 0, to: groups.count, by: 4).map {
            "  " + groups[$0..<min($0 + 4, groups.count)].joined(separator: " ")
        }
    }
}
