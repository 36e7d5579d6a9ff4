internal import OTP
internal import System
internal import Verification

/// otpauth URIs, one a line, each behind the login name or with it as its account.
enum URIFile {
    static func items(in bytes: [UInt8], at now: Int64, under policy: Policy) -> [ImportItem] {
        textLines(bytes).map { line in
            let words = line.text.split(maxSplits: 1, whereSeparator: ASCII.isBlank)
            let uri = Array(words.count > 1 ? words[1] : words[0])
            var user = words.count > 1 ? Text(words[0]) : ""
            let parsed: Result<ForeignAuthenticator, AdminError> = Result {
                () throws(AdminError) in
                let uri = try parse(uri)
                if user.isEmpty { user = uri.account }
                return try authenticator(uri, at: now, under: policy)
            }
            return ImportItem(user: user.description, place: "line \(line.number)") {
                () throws(AdminError) in try parsed.get()
            }
        }
    }

    private static func parse(_ bytes: [UInt8]) throws(AdminError) -> OTPAuthURI {
        do throws(OTPAuthURIError) {
            return try OTPAuthURI(parsing: bytes)
        } catch {
            throw AdminError(.dataError, "the URI \(error.description)")
        }
    }

    private static func authenticator(
        _ uri: borrowing OTPAuthURI,
        at now: Int64,
        under policy: Policy
    ) throws(AdminError) -> ForeignAuthenticator {
        let next =
            switch uri.parameters.movingFactor {
            case .counter: Int64(clamping: uri.counter)
            case .timeStep(let period):
                ForeignAuthenticator.stepAfterPresent(now, period: period, drift: 0, under: policy)
            }
        return try ForeignAuthenticator(
            uri.parameters,
            secret: unsafe uri.secret.withUnsafeBytes { unsafe SecretBytes(copying: $0) },
            next: next,
            under: policy
        )
    }
}

/// The lines of a file that say something, with their numbers: no blanks at the ends, no comments.
func textLines(_ bytes: [UInt8]) -> [(number: Int, text: [UInt8])] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
        .compactMap { index, line in
            let text = ASCII.trimmed(line.last == 0x0d ? line.dropLast() : line)
            return text.isEmpty || text[0] == UInt8(ascii: "#") ? nil : (index + 1, text)
        }
}
