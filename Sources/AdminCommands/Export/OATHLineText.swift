internal import Glibc
internal import OTP
internal import System
internal import Verification

extension OATHFile {
    /// The line of an authenticator that has got so far; it holds the secret.
    ///
    /// - Throws: `AdminError`, for what no such line can say.
    static func line(
        _ authenticator: Authenticator,
        _ progress: LoginState.Progress,
        of user: Text
    ) throws(AdminError) -> Text {
        let parameters = authenticator.parameters
        guard parameters.algorithm == .sha1 else {
            throw AdminError(
                .dataError,
                "users.oath cannot say \(parameters.algorithm.name)"
            )
        }
        guard !user.utf8.contains(where: ASCII.isBlank) else {
            throw AdminError(.dataError, "users.oath cannot hold a name with a blank")
        }
        let secret = unsafe authenticator.secret.withUnsafeBytes { unsafe Hexadecimal.encode($0) }
        let rest: Text = "\(user)\t-\t\(secret)"
        switch parameters.movingFactor {
        case .counter:
            // Without a last code it is the next one.
            return "HOTP/E/\(parameters.digits)\t\(rest)\t\(progress.next)"
        case .timeStep(let period):
            guard period == 30 || period == 60 else {
                throw AdminError(.dataError, "users.oath cannot say a period of \(period) s")
            }
            let line: Text = "HOTP/T\(period)/\(parameters.digits)\t\(rest)"
            let last = progress.next - 1
            if last < 0 { return line }
            let time = last.multipliedReportingOverflow(by: period)
            guard !time.overflow, let when = localTime(time.partialValue),
                let code = TOTP.code(
                    secret: authenticator.secret,
                    step: last,
                    algorithm: parameters.algorithm,
                    digits: parameters.digits
                )
            else {
                throw AdminError(.dataError, "users.oath cannot say how far its codes are used up")
            }
            return "\(line)\t0\t\(HOTP.text(code, digits: parameters.digits))\t\(when)"
        }
    }

    /// A time in seconds since 1970, as these files have it; nil for a year that has not four digits.
    private static func localTime(_ time: Int64) -> Text? {
        var seconds = time_t(time)
        var fields = unsafe tm()
        // SAFETY: localtime_r reads one time_t and fills one tm.
        guard unsafe localtime_r(&seconds, &fields) != nil else { return nil }
        let year = unsafe Int(fields.tm_year) + 1900
        guard (1000...9999).contains(year) else { return nil }
        let date = unsafe [fields.tm_mon + 1, fields.tm_mday].map(twoDigits)
        let clock = unsafe [fields.tm_hour, fields.tm_min, fields.tm_sec].map(twoDigits)
        return Text("\(year)-\(date.joined(separator: "-"))T\(clock.joined(separator: ":"))L".utf8)
    }

    private static func twoDigits(_ number: Int32) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
