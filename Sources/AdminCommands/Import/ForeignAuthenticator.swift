internal import OTP
internal import Store
internal import System
internal import Verification

/// An authenticator as another program's file has it, with how far it has got there.
final class ForeignAuthenticator {
    let parameters: OTPParameters
    let secret: SecretBytes
    /// The lowest step or counter that has not been used.
    let next: Int64
    /// How many steps its clock is ahead.
    let drift: Int32
    /// Seconds since 1970; 0 for never.
    let lastUsedAt: Int64
    /// `RecoverySet.importedDigits` digits each.
    let recoveryCodes: [Text]

    /// - Throws: `AdminError`, for what the store has no room for.
    init(
        _ parameters: OTPParameters,
        secret: consuming SecretBytes,
        next: Int64,
        drift: Int64 = 0,
        lastUsedAt: Int64 = 0,
        recoveryCodes: [Text] = [],
        under policy: Policy
    ) throws(AdminError) {
        guard OTPParameters.supportedSecretLengths.contains(secret.count) else {
            throw AdminError(.unsupportedSecretLength(bytes: secret.count))
        }
        guard drift.magnitude <= policy.maxDrift.magnitude else {
            throw AdminError(
                .dataError,
                "its clock is \(drift) steps off, and max_drift is \(policy.maxDrift)"
            )
        }
        guard (0..<Int64.max / 2).contains(next) else {
            throw AdminError(.dataError, "its counter or time is out of range")
        }
        guard recoveryCodes.count <= RecoveryCode.count else {
            throw AdminError(
                .dataError,
                "it has \(recoveryCodes.count) recovery codes, and there can be \(RecoveryCode.count)"
            )
        }
        self.parameters = parameters
        self.secret = secret
        self.next = next
        self.drift = Int32(clamping: drift)
        self.lastUsedAt = lastUsedAt
        self.recoveryCodes = recoveryCodes
    }

    /// The first step after those that may have been used by now, where nothing says which were.
    ///
    /// `window` is how many steps ahead were accepted there, if that is known.
    static func stepAfterPresent(
        _ now: Int64,
        period: Int64,
        drift: Int64,
        window: Int64 = 0,
        under policy: Policy
    ) -> Int64 {
        max(0, TOTP.step(at: now, period: period) + drift + max(window, policy.window) + 1)
    }

    /// Gives it to somebody, with what else came along, under the first free name.
    ///
    /// - Returns: the name.
    func add(to record: inout Record, named wanted: Text, at now: Int64) throws(AdminError) -> Text
    {
        let user = record.enrollment.name
        if !recoveryCodes.isEmpty, record.enrollment.importedRecovery != nil {
            throw AdminError(
                .dataError,
                "'\(user)' has imported recovery codes already; see 'totp-admin recovery'"
            )
        }
        let new = try authenticator(named: freeName(wanted, in: record.enrollment), at: now)
        do throws(RecordConflict) {
            try record.add(
                new,
                LoginState.Progress(id: new.id, next: next, drift: drift, lastUsedAt: lastUsedAt)
            )
        } catch {
            throw AdminError(error, of: user, adding: new.name)
        }
        if !recoveryCodes.isEmpty {
            do throws(SystemError) {
                record.importRecovery(try .imported(recoveryCodes))
            } catch {
                throw AdminError(.unavailable, error)
            }
        }
        return new.name
    }

    private func authenticator(
        named name: Text,
        at now: Int64
    ) throws(AdminError) -> Authenticator {
        do throws(SystemError) {
            return Authenticator(
                id: try .random(),
                name: name,
                parameters: parameters,
                enrolledAt: now,
                secret: unsafe secret.withUnsafeBytes { unsafe SecretBytes(copying: $0) }
            )
        } catch {
            throw AdminError(.unavailable, error)
        }
    }

    private func freeName(_ wanted: Text, in enrollment: Enrollment) throws(AdminError) -> Text {
        for number in 1...Enrollment.maximumAuthenticators + 1 {
            let name: Text = number == 1 ? wanted : "\(wanted) \(number)"
            guard Authenticator.isValidName(name) else { break }
            if enrollment.authenticator(named: name) == nil { return name }
        }
        throw AdminError(.dataError, "'\(wanted)' cannot be made a free name; give another --name")
    }
}

extension AdminError {
    init(_ error: OTPError) { self.init(.dataError, error.description.description) }
}

/// The result of `body`, whose failure is that of parameters which are not supported.
func supported<Result>(_ body: () throws(OTPError) -> Result) throws(AdminError) -> Result {
    do throws(OTPError) {
        return try body()
    } catch {
        throw AdminError(error)
    }
}
