package import System

/// The `otpauth://` URI that a QR code carries to an authenticator app.
///
/// `otpauth://totp/Issuer:account?secret=…&issuer=…&algorithm=…&digits=…&period=…`, or `hotp` with
/// `counter` for `period`. Written with every parameter, because an app that has to guess guesses
/// wrong; read with the defaults that apps assume.
package struct OTPAuthURI: ~Copyable {
    /// Who the account is with, as UTF-8; empty when the URI does not say.
    package let issuer: Text
    /// Whose account it is, as UTF-8.
    package let account: Text
    package let parameters: OTPParameters
    /// The first counter of a counter-based authenticator; 0 for a time-based one.
    package let counter: UInt64
    package let secret: SecretBytes

    package init(
        issuer: Text,
        account: Text,
        parameters: OTPParameters,
        counter: UInt64 = 0,
        secret: consuming SecretBytes
    ) {
        self.issuer = issuer
        self.account = account
        self.parameters = parameters
        self.counter = counter
        self.secret = secret
    }

    /// Whether a new authenticator may be with this issuer: not empty, without a colon (which ends it in
    /// the label) and without control characters.
    package static func isValidIssuer(_ issuer: Text) -> Bool {
        !issuer.isEmpty && !issuer.utf8.contains(UInt8(ascii: ":"))
            && !issuer.utf8.contains(where: ASCII.isControl)
    }

    /// The URI; it holds the secret.
    ///
    /// Where `leavesOutDefaults`, SHA1, 6 digits and 30 s go without saying, as in the URIs that most
    /// sites make.
    package func text(leavingOutDefaults leavesOutDefaults: Bool = false) -> Text {
        let issuer = PercentEncoding.encode(issuer.utf8)
        let account = PercentEncoding.encode(account.utf8)
        let label: Text = issuer.isEmpty ? account : "\(issuer):\(account)"
        let algorithm = Text(parameters.algorithm.name.utf8.map(ASCII.uppercased))
        var parts: [Text] = []
        if !leavesOutDefaults || parameters.algorithm != .sha1 {
            parts.append("&algorithm=\(algorithm)")
        }
        if !leavesOutDefaults || parameters.digits != 6 {
            parts.append("&digits=\(parameters.digits)")
        }
        let type: Text
        switch parameters.movingFactor {
        case .timeStep(let period):
            type = "totp"
            if !leavesOutDefaults || period != 30 { parts.append("&period=\(period)") }
        case .counter:
            type = "hotp"
            parts.append("&counter=\(counter)")
        }
        let issuerParameter: Text = issuer.isEmpty ? "" : "&issuer=\(issuer)"
        let rest = Text(parts.flatMap { $0.utf8 })
        return "otpauth://\(type)/\(label)?secret=\(Base32.encode(secret))\(issuerParameter)\(rest)"
    }
}
