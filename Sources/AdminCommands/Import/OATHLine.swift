internal import Glibc
internal import OTP
internal import System
internal import Verification

/// One line of users.oath.
struct OATHLine {
    /// How far from the time of a login its code is looked for, in steps: windows of 20 and 30 are
    /// common there.
    private static let reach: Int64 = 50
    /// How far ahead of the clock a login may have been, in seconds: it may have been made at a clock
    /// that was ahead, or be one that somebody else's restore has counted as made.
    private static let slack: Int64 = 86_400

    /// What a time looks like, each zero a digit.
    private static var timePattern: Text { "0000-00-00T00:00:00L" }

    private let parameters: OTPParameters
    private let secret: [UInt8]
    private let counter: UInt64?
    private let lastCode: UInt32?
    private let lastTime: Int64?

    init(_ fields: [Text]) throws(AdminError) {
        guard (4...7).contains(fields.count) else {
            throw AdminError(.dataError, "it has not 4 to 7 fields")
        }
        guard fields[2] == "-" || fields[2] == "+" else {
            throw AdminError(.dataError, "it has a PIN, which is not asked for here")
        }
        guard let secret = Hexadecimal.decode(fields[3].utf8.map(ASCII.lowercased)) else {
            throw AdminError(.dataError, "its secret is not hexadecimal")
        }
        self.secret = secret
        let code: Text? = fields.count > 5 ? fields[5] : nil
        parameters = try Self.parameters(fields[0], digitsOfLastCode: code?.utf8.count)
        counter = fields.count > 4 ? Decimal.parse(fields[4].utf8) : 0
        lastCode = code.flatMap { Decimal.parse($0.utf8) }
        lastTime = fields.count > 6 ? Self.time(fields[6]) : nil
        guard counter != nil, code == nil || lastCode != nil, fields.count < 7 || lastTime != nil
        else { throw AdminError(.dataError, "its counter, last code or time makes no sense") }
    }

    private static func parameters(
        _ type: Text,
        digitsOfLastCode: Int?
    ) throws(AdminError) -> OTPParameters {
        let parts = type.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let factor = parts.count > 1 ? Array(parts[1]) : [UInt8(ascii: "E")]
        let digits = parts.count > 2 ? Decimal.parse(parts[2]) : digitsOfLastCode ?? 6
        guard parts.count <= 3, parts[0].elementsEqual("HOTP".utf8), let digits else {
            throw AdminError(.dataError, "its type '\(type.escaped())' is not known")
        }
        if factor == [UInt8(ascii: "E")] {
            return try supported { () throws(OTPError) in try .hotp(digits: digits) }
        }
        guard factor.first == UInt8(ascii: "T"),
            let period = Decimal.parse(factor.dropFirst(), as: Int.self)
        else { throw AdminError(.dataError, "its type '\(type.escaped())' is not known") }
        return try supported { () throws(OTPError) in try .totp(digits: digits, period: period) }
    }

    /// Seconds since 1970.
    private static func time(_ text: Text) -> Int64? {
        let pattern = timePattern.utf8
        let isTime =
            text.utf8.count == pattern.count
            && zip(text.utf8, pattern).allSatisfy { byte, sign in
                sign == UInt8(ascii: "0") ? ASCII.isDigit(byte) : byte == sign
            }
        guard isTime else { return nil }
        let fields = text.utf8.split { !ASCII.isDigit($0) }.map {
            Decimal.parse($0, as: Int32.self) ?? 0
        }
        var time = unsafe tm()
        unsafe time.tm_year = fields[0] - 1900
        unsafe time.tm_mon = fields[1] - 1
        unsafe time.tm_mday = fields[2]
        unsafe time.tm_hour = fields[3]
        unsafe time.tm_min = fields[4]
        unsafe time.tm_sec = fields[5]
        unsafe time.tm_isdst = -1
        // SAFETY: mktime reads and completes one tm.
        return unsafe Int64(mktime(&time))
    }

    func authenticator(
        at now: Int64,
        under policy: Policy
    ) throws(AdminError) -> ForeignAuthenticator {
        switch parameters.movingFactor {
        case .counter:
            // Beside a last code it is the counter of that.
            try Self.checkIsPast(lastTime ?? 0, at: now)
            let next = Int64(clamping: counter ?? 0) &+ (lastCode == nil ? 0 : 1)
            return try ForeignAuthenticator(
                parameters,
                secret: SecretBytes(secret),
                next: next < 0 ? .max : next,
                lastUsedAt: lastTime ?? 0,
                under: policy
            )
        case .timeStep(let period):
            return try ForeignAuthenticator(
                parameters,
                secret: SecretBytes(secret),
                next: next(at: now, period: period, under: policy),
                lastUsedAt: lastTime ?? 0,
                under: policy
            )
        }
    }

    private func next(
        at now: Int64,
        period: Int64,
        under policy: Policy
    ) throws(AdminError) -> Int64 {
        guard let lastCode, let lastTime else {
            return ForeignAuthenticator.stepAfterPresent(
                now,
                period: period,
                drift: 0,
                window: lastCode == nil ? 0 : Self.reach,
                under: policy
            )
        }
        guard let step = step(of: lastCode, near: lastTime, period: period) else {
            throw AdminError(
                .dataError,
                "its last code is none of those around its time; is TZ that of its host?"
            )
        }
        try Self.checkIsPast(step * period, at: now)
        return step + 1
    }

    private static func checkIsPast(_ time: Int64, at now: Int64) throws(AdminError) {
        guard time <= now + slack else {
            throw AdminError(.dataError, "its time is in the future; is TZ that of its host?")
        }
    }

    /// The last step near a time that has this code; nil if there is none.
    private func step(of code: UInt32, near time: Int64, period: Int64) -> Int64? {
        let secret = SecretBytes(secret)
        let middle = TOTP.step(at: time, period: period)
        return (middle - Self.reach...middle + Self.reach).last { step in
            TOTP.code(
                secret: secret,
                step: step,
                algorithm: parameters.algorithm,
                digits: parameters.digits
            ) == code
        }
    }
}
