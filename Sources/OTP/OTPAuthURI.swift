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

    /// The URI; it holds the secret.
    package func text() -> Text {
        let issuer = PercentEncoding.encode(issuer.utf8)
        let account = PercentEncoding.encode(account.utf8)
        let label: Text = issuer.isEmpty ? account : "\(issuer):\(account)"
        let algorithm = Text(parameters.algorithm.name.utf8.map(ASCII.uppercased))
        let type: Text
        let factor: Text
        switch parameters.movingFactor {
        case .timeStep(let period): (type, factor) = ("totp", "period=\(period)")
        case .counter: (type, factor) = ("hotp", "counter=\(counter)")
        }
        let issuerParameter: Text = issuer.isEmpty ? "" : "&issuer=\(issuer)"
        let rest: Text = "&algorithm=\(algorithm)&digits=\(parameters.digits)&\(factor)"
        return "otpauth://\(type)/\(label)?secret=\(Base32.encode(secret))\(issuerParameter)\(rest)"
    }
}
