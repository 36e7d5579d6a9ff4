internal import CNettle
package import System

/// The hash function behind an authenticator's HMAC (RFC 6238 §1.2).
package enum HashAlgorithm: CaseIterable {
    case sha1
    case sha256
    case sha512

    package var name: Text {
        switch self {
        case .sha1: "sha1"
        case .sha256: "sha256"
        case .sha512: "sha512"
        }
    }

    /// The algorithm of that name, in any case, as files and otpauth URIs write it.
    package init?(name: some Sequence<UInt8>) {
        switch Text(name.map(ASCII.lowercased)) {
        case "sha1": self = .sha1
        case "sha256": self = .sha256
        case "sha512": self = .sha512
        default: return nil
        }
    }

    /// The length of its digest, and of the secrets made for it (RFC 4226 §4 R6, RFC 6238 §5.1), in
    /// bytes.
    package var digestLength: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha512: 64
        }
    }

    /// HMAC (RFC 2104) of `message` under `key`.
    func authenticationCode(of message: [UInt8], key: borrowing SecretBytes) -> SecretBytes {
        unsafe SecretBytes(count: digestLength) { digest in
            unsafe key.withUnsafeBytes { key in
                unsafe message.withUnsafeBufferPointer { message in
                    let key = unsafe key.assumingMemoryBound(to: UInt8.self)
                    let digest = unsafe digest.assumingMemoryBound(to: UInt8.self).baseAddress
                    // SAFETY: every pointer is good for its count, and `digest` for the whole value.
                    switch self {
                    case .sha1:
                        unsafe totp_hmac_sha1(
                            key.baseAddress,
                            key.count,
                            message.baseAddress,
                            message.count,
                            digest
                        )
                    case .sha256:
                        unsafe totp_hmac_sha256(
                            key.baseAddress,
                            key.count,
                            message.baseAddress,
                            message.count,
                            digest
                        )
                    case .sha512:
                        unsafe totp_hmac_sha512(
                            key.baseAddress,
                            key.count,
                            message.baseAddress,
                            message.count,
                            digest
                        )
                    }
                }
            }
        }
    }
}
