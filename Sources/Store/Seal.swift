internal import CNettle
internal import System

/// Secrets at rest: ChaCha20-Poly1305 (RFC 8439) under the host key.
enum Seal {
    private static let nonceLength = 12
    private static let tagLength = 16
    private static let keyLength = 32

    /// Nonce, ciphertext and tag of `secret`, bound to `associated`.
    static func seal(
        _ secret: borrowing SecretBytes,
        binding associated: [UInt8],
        under key: borrowing SecretBytes
    ) throws(SystemError) -> [UInt8] {
        guard key.count == keyLength else { throw SystemError(call: "seal", code: 0) }
        let nonce = try RandomBytes.generate(count: nonceLength)
        let count = secret.count
        var sealed = [UInt8](repeating: 0, count: count + tagLength)
        unsafe secret.withUnsafeBytes { secret in
            unsafe key.withUnsafeBytes { key in
                // SAFETY: key and nonce have their lengths, `sealed` has room for the tag.
                unsafe totp_aead_seal(
                    key.assumingMemoryBound(to: UInt8.self).baseAddress,
                    nonce,
                    associated,
                    associated.count,
                    secret.assumingMemoryBound(to: UInt8.self).baseAddress,
                    count,
                    &sealed
                )
            }
        }
        return nonce + sealed
    }

    /// The secret, or nil if `sealed` or `associated` is not what was sealed under this key.
    static func open(
        _ sealed: [UInt8],
        binding associated: [UInt8],
        under key: borrowing SecretBytes
    ) -> SecretBytes? {
        let count = sealed.count - nonceLength - tagLength
        guard key.count == keyLength, count > 0 else { return nil }
        let nonce = Array(sealed.prefix(nonceLength))
        let body = Array(sealed.dropFirst(nonceLength))
        var isAuthentic = false
        let secret = unsafe SecretBytes(count: count) { secret in
            unsafe key.withUnsafeBytes { key in
                // SAFETY: key and nonce have their lengths, `body` is `count` bytes and a tag.
                isAuthentic =
                    unsafe totp_aead_open(
                        key.assumingMemoryBound(to: UInt8.self).baseAddress,
                        nonce,
                        associated,
                        associated.count,
                        body,
                        count,
                        secret.assumingMemoryBound(to: UInt8.self).baseAddress
                    ) == 1
            }
        }
        guard isAuthentic else { return nil }
        return secret
    }
}
