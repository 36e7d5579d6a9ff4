internal import OTP
internal import System
internal import Verification

/// What google-authenticator writes to ~/.google_authenticator: the secret in base 32, options in
/// lines that begin with `" `, and recovery codes of eight digits.
struct GoogleAuthenticatorFile {
    /// What its PAM module reads at most, in bytes.
    static let sizeLimit = 64 * 1024
    static let name: Text = ".google_authenticator"

    private var options: [(name: Text, arguments: [ArraySlice<UInt8>])] = []
    private var recoveryCodes: [Text] = []
    private let secretLine: ArraySlice<UInt8>

    private init(_ bytes: [UInt8]) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        secretLine = lines[0]
        var areCodesOver = false
        for line in lines.dropFirst() {
            let line = line.last == 0x0d ? line.dropLast() : line
            if line.starts(with: ("\" " as Text).utf8) {
                let words = line.dropFirst(2).split(whereSeparator: ASCII.isBlank)
                if let name = words.first { options.append((Text(name), Array(words.dropFirst()))) }
            } else if !areCodesOver, line.count == RecoverySet.importedDigits,
                line.allSatisfy(ASCII.isDigit)
            {
                recoveryCodes.append(Text(line))
            } else {
                areCodesOver = true
            }
        }
    }

    /// The authenticator in a file, at `now` in seconds since 1970.
    static func authenticator(
        in bytes: [UInt8],
        at now: Int64,
        under policy: Policy
    ) throws(AdminError) -> ForeignAuthenticator {
        try GoogleAuthenticatorFile(bytes).authenticator(at: now, under: policy)
    }

    private func authenticator(
        at now: Int64,
        under policy: Policy
    ) throws(AdminError) -> ForeignAuthenticator {
        let secret = try secret()
        let digits = try number("DIGITS") ?? 6
        let name = arguments("ALGORITHM")?.first.map { Text($0) } ?? "sha1"
        guard let algorithm = HashAlgorithm(name: name.utf8) else {
            throw AdminError(.unsupportedAlgorithm)
        }
        if let counter = try number("HOTP_COUNTER"), counter > 0 {
            return try ForeignAuthenticator(
                supported { () throws(OTPError) in
                    try .hotp(algorithm: algorithm, digits: Int(clamping: digits))
                },
                secret: SecretBytes(secret),
                next: counter,
                recoveryCodes: recoveryCodes,
                under: policy
            )
        }
        let period = try number("STEP_SIZE") ?? 30
        let parameters = try supported { () throws(OTPError) in
            try OTPParameters.totp(
                algorithm: algorithm,
                digits: Int(clamping: digits),
                period: Int(clamping: period)
            )
        }
        let drift = try number("TIME_SKEW") ?? 0
        let used = try usedSteps()
        let window = try number("WINDOW_SIZE") ?? 3
        let present = ForeignAuthenticator.stepAfterPresent(
            now,
            period: period,
            drift: drift.clamped(to: -1_000_000...1_000_000),
            // So many steps in all; as many behind as ahead, or one fewer.
            window: window.clamped(to: 1...100) / 2,
            under: policy
        )
        if let last = used?.max(), last >= present + policy.maxDrift {
            throw AdminError(.dataError, "its DISALLOW_REUSE is in the future")
        }
        return try ForeignAuthenticator(
            parameters,
            secret: SecretBytes(secret),
            // An empty list says that none was used.
            next: used.map { ($0.max() ?? -1) + 1 } ?? present,
            drift: drift,
            lastUsedAt: used?.max().map { $0 * period } ?? 0,
            recoveryCodes: recoveryCodes,
            under: policy
        )
    }

    /// The secret, read as the PAM module reads it: people mistake letters for digits.
    private func secret() throws(AdminError) -> [UInt8] {
        let letters = secretLine.compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "0"): UInt8(ascii: "O")
            case UInt8(ascii: "1"): UInt8(ascii: "L")
            case UInt8(ascii: "8"): UInt8(ascii: "B")
            case 0x0d: nil
            default: byte
            }
        }
        guard let secret = Base32.decode(letters), !secret.isEmpty else {
            throw AdminError(.dataError, "its first line is not a secret in base 32")
        }
        return secret
    }

    /// The steps whose codes were used; nil if nothing kept them.
    private func usedSteps() throws(AdminError) -> [Int64]? {
        guard let arguments = arguments("DISALLOW_REUSE") else { return nil }
        var steps: [Int64] = []
        for argument in arguments {
            guard let step = Decimal.parse(argument, as: Int64.self), step < Int64.max / 1000 else {
                throw Self.notANumber("DISALLOW_REUSE")
            }
            steps.append(step)
        }
        return steps
    }

    private func number(_ name: Text) throws(AdminError) -> Int64? {
        guard let arguments = arguments(name) else { return nil }
        guard let text = arguments.first.map({ Array($0) }) else { throw Self.notANumber(name) }
        let isNegative = text.first == UInt8(ascii: "-")
        let hasSign = isNegative || text.first == UInt8(ascii: "+")
        guard let number = Decimal.parse(text.dropFirst(hasSign ? 1 : 0), as: Int64.self) else {
            throw Self.notANumber(name)
        }
        return isNegative ? -number : number
    }

    /// The first one of that name counts, there too.
    private func arguments(_ name: Text) -> [ArraySlice<UInt8>]? {
        options.first { $0.name == name }?.arguments
    }

    private static func notANumber(_ name: Text) -> AdminError {
        AdminError(.dataError, "its \(name) is not a number")
    }
}
