internal import ArgumentParser
internal import Glibc
internal import OTP
internal import Store
internal import System

/// Who an account is with, as the app shows it.
struct IssuerOption: ParsableArguments {
    @Option(
        help: """
            Who the account is with, as the app shows it (default: the issuer in totp.conf, or else the \
            host's name).
            """
    )
    var issuer: String?

    /// As given, or else as configured, or else this machine's name.
    func text(_ configuration: Configuration) throws -> Text {
        guard let issuer else { return configuration.issuer ?? Host.name() }
        let text = Text(issuer.utf8)
        guard OTPAuthURI.isValidIssuer(text) else {
            throw AdminError(.usage, "the issuer is empty or holds a colon or a control character")
        }
        return text
    }
}

/// This machine.
enum Host {
    /// The name of this machine, or `localhost` if it has none.
    static func name() -> Text {
        var buffer = [CChar](repeating: 0, count: 256)
        // SAFETY: gethostname is given the buffer less its last byte, which stays NUL.
        guard unsafe gethostname(&buffer, buffer.count - 1) == 0, buffer[0] != 0 else {
            return "localhost"
        }
        return unsafe Text(cString: buffer)
    }
}
