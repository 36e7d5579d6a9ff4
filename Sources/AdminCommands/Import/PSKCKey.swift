internal import CPSKC
internal import OTP
internal import System
internal import Verification

/// One key package of a PSKC file, which must outlive this.
@safe struct PSKCKey {
    let key: OpaquePointer

    init(_ key: OpaquePointer) { unsafe self.key = key }

    /// The login name: UserId, or the UID or CN that it begins with if it is a distinguished name.
    var user: String {
        let id =
            unsafe text(pskc_get_key_userid(key)) ?? text(pskc_get_device_userid(key)) ?? ""
        guard let match = id.prefixMatch(of: /(?i:uid|cn)=([^,+]+)/) else { return id }
        return String(match.1)
    }

    var name: Text {
        let name = Text((unsafe text(pskc_get_key_friendlyname(key)) ?? "").utf8)
        return Authenticator.isValidName(name) ? name : "token"
    }

    func authenticator(
        at now: Int64,
        under policy: Policy
    ) throws(AdminError) -> ForeignAuthenticator {
        try refuseWhatCannotBeHonoured()
        let algorithm = try hash()
        let digits = unsafe Int(number(pskc_get_key_algparm_resp_length) ?? 6)
        let type = unsafe text(pskc_get_key_algorithm(key)) ?? ""
        switch type.split(separator: ":").last?.lowercased() {
        case "hotp":
            return try ForeignAuthenticator(
                supported { () throws(OTPError) in
                    try .hotp(algorithm: algorithm, digits: digits)
                },
                secret: SecretBytes(secret()),
                next: unsafe Int64(clamping: number(pskc_get_key_data_counter) ?? 0),
                under: policy
            )
        case "totp":
            let period = unsafe Int(number(pskc_get_key_data_timeinterval) ?? 30)
            let drift = unsafe number(pskc_get_key_data_timedrift).map {
                Int64(Int32(bitPattern: $0))
            }
            return try ForeignAuthenticator(
                supported { () throws(OTPError) in
                    try .totp(algorithm: algorithm, digits: digits, period: period)
                },
                secret: SecretBytes(secret()),
                next: try next(at: now, period: Int64(max(1, period)), drift ?? 0, policy),
                drift: drift ?? 0,
                under: policy
            )
        default: throw AdminError(.dataError, "its algorithm '\(type)' is not hotp or totp")
        }
    }

    /// The file may have been written after the last use, and says only what time it was then: in
    /// steps, as RFC 6030 §4.2 has it, or in seconds, as some write it.
    private func next(
        at now: Int64,
        period: Int64,
        _ drift: Int64,
        _ policy: Policy
    ) throws(AdminError) -> Int64 {
        let present = ForeignAuthenticator.stepAfterPresent(
            now,
            period: period,
            drift: drift,
            under: policy
        )
        let time = unsafe Int64(number(pskc_get_key_data_time) ?? 0)
        let latest = present + policy.maxDrift
        let step = time > latest ? time / period : time
        guard step <= latest else { throw AdminError(.dataError, "its Time is in the future") }
        return max(present, step + 1)
    }

    private func secret() throws(AdminError) -> [UInt8] {
        var count = 0
        guard let bytes = unsafe pskc_get_key_data_secret(key, &count) else {
            throw AdminError(.dataError, "it has no secret")
        }
        // SAFETY: the secret is so many bytes, the container's.
        return unsafe Array(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    private func hash() throws(AdminError) -> HashAlgorithm {
        guard let suite = unsafe text(pskc_get_key_algparm_suite(key)), !suite.isEmpty else {
            return .sha1
        }
        let name = suite.lowercased().replacing("hmac-", with: "").replacing("-", with: "")
        guard let algorithm = HashAlgorithm(name: name.utf8) else {
            throw AdminError(.dataError, "its Suite '\(suite)' is not known")
        }
        return algorithm
    }

    private func text(_ text: UnsafePointer<CChar>?) -> String? {
        unsafe text.map { unsafe String(cString: $0) }
    }

    /// What libpskc gives under a name; nil if it is not there.
    func number<Number>(
        _ get: (OpaquePointer?, UnsafeMutablePointer<CInt>?) -> Number
    ) -> Number? {
        var isPresent: CInt = 0
        let number = unsafe get(key, &isPresent)
        return isPresent == 0 ? nil : number
    }
}
