internal import CNettle
internal import System

/// What the secrets of a PSKC file are encrypted and authenticated with (RFC 6030 §6): AES in CBC
/// mode and an HMAC, under a key that is known or made from a passphrase.
struct PSKCCipher {
    private let key: [UInt8]
    private let macKey: [UInt8]
    private let macAlgorithm: String

    /// More rounds would take minutes.
    private static let supportedIterations = 1...10_000_000

    init(_ container: XMLNode, _ opener: PSKCDocument.Opener?) throws(AdminError) {
        switch opener {
        case nil:
            throw AdminError(
                .dataError,
                "its secret is encrypted; give --passphrase-file or --key-file"
            )
        case .key(let key): self.key = key
        case .passphrase(let passphrase): key = try Self.derive(container, passphrase)
        }
        guard let method = container.first("MACMethod") else {
            throw AdminError(.dataError, "it has no MACMethod")
        }
        macAlgorithm = method.attribute("Algorithm")
        if let encrypted = method.first("MACKey") {
            macKey = try Self.decrypt(encrypted, under: key)
        } else {
            macKey = key
        }
    }

    /// The value in an encrypted element whose authentication code is `mac`.
    func open(_ encrypted: XMLNode, mac: [UInt8]?) throws(AdminError) -> [UInt8] {
        guard let mac, let value = encrypted.at("CipherData", "CipherValue")?.base64 else {
            throw AdminError(.dataError, "it has no ValueMAC or no CipherValue")
        }
        guard SecretBytes(try self.mac(of: value)).isEqual(to: SecretBytes(mac)) else {
            throw AdminError(.dataError, "its secret does not open with this passphrase or key")
        }
        return try Self.decrypt(encrypted, under: key)
    }

    private func mac(of value: [UInt8]) throws(AdminError) -> [UInt8] {
        // SAFETY: each count is that of its array, and each digest has room for the whole value.
        switch macAlgorithm.split(separator: "#").last {
        case "hmac-sha1":
            var digest = [UInt8](repeating: 0, count: 20)
            unsafe totp_hmac_sha1(macKey, macKey.count, value, value.count, &digest)
            return digest
        case "hmac-sha256":
            var digest = [UInt8](repeating: 0, count: 32)
            unsafe totp_hmac_sha256(macKey, macKey.count, value, value.count, &digest)
            return digest
        default:
            throw AdminError(.dataError, "its MACMethod '\(macAlgorithm)' is not known")
        }
    }

    /// AES in CBC mode: the first block is the initial value, the last byte says how many were
    /// added (XML Encryption 1.0 §5.2).
    private static func decrypt(
        _ encrypted: XMLNode,
        under key: [UInt8]
    ) throws(AdminError) -> [UInt8] {
        let method = encrypted.first("EncryptionMethod")?.attribute("Algorithm") ?? ""
        let lengths = ["aes128-cbc": 16, "aes192-cbc": 24, "aes256-cbc": 32]
        guard let length = lengths[String(method.split(separator: "#").last ?? "")] else {
            throw AdminError(.dataError, "its EncryptionMethod '\(method)' is not known")
        }
        guard key.count == length else {
            throw AdminError(
                .dataError,
                "the key is not \(length) bytes long, as the file wants it"
            )
        }
        guard let value = encrypted.at("CipherData", "CipherValue")?.base64,
            value.count >= 32, value.count.isMultiple(of: 16)
        else { throw AdminError(.dataError, "its CipherValue is not whole") }
        var plain = [UInt8](repeating: 0, count: value.count - 16)
        // SAFETY: the key has its length, `value` is a block more than `plain`.
        unsafe totp_aes_cbc_decrypt(key, key.count, value, value.count, &plain)
        guard let added = plain.last, (1...16).contains(added) else {
            throw AdminError(.dataError, "its secret does not open with this passphrase or key")
        }
        return plain.dropLast(Int(added))
    }

    /// PBKDF2 (RFC 8018 §5.2) with what the file says.
    private static func derive(
        _ container: XMLNode,
        _ passphrase: [UInt8]
    ) throws(AdminError) -> [UInt8] {
        let method = container.at("EncryptionKey", "DerivedKey", "KeyDerivationMethod")
        guard let method, method.attribute("Algorithm").hasSuffix("#pbkdf2"),
            let parameters = method.first("PBKDF2-params"),
            let salt = parameters.at("Salt", "Specified")?.base64,
            let iterations = Int(parameters.first("IterationCount")?.text ?? ""),
            supportedIterations.contains(iterations),
            let length = Int(parameters.first("KeyLength")?.text ?? ""),
            [16, 24, 32].contains(length)
        else {
            throw AdminError(.dataError, "its key is not made from a passphrase with PBKDF2")
        }
        var key = [UInt8](repeating: 0, count: length)
        let rounds = UInt32(iterations)
        let prf = parameters.first("PRF")?.attribute("Algorithm") ?? ""
        // SAFETY: each count is that of its array.
        switch prf.split(separator: "#").last?.lowercased() {
        case nil, "hmac-sha1", "hmacsha1", "id-hmacwithsha1":
            unsafe nettle_pbkdf2_hmac_sha1(
                passphrase.count,
                passphrase,
                rounds,
                salt.count,
                salt,
                length,
                &key
            )
        case "hmac-sha256", "hmacsha256", "id-hmacwithsha256":
            unsafe nettle_pbkdf2_hmac_sha256(
                passphrase.count,
                passphrase,
                rounds,
                salt.count,
                salt,
                length,
                &key
            )
        default: throw AdminError(.dataError, "its PRF '\(prf)' is not known")
        }
        return key
    }
}
