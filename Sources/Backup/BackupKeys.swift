internal import CNettle
internal import Store
package import System

/// What a backup is sealed under: a passphrase, or the 32 bytes of a key file.
package struct BackupSecret: ~Copyable {
    fileprivate let bytes: SecretBytes
    let isPassphrase: Bool

    /// Bytes of a key.
    package static let keyLength = 32

    package init(passphrase: consuming SecretBytes) {
        bytes = passphrase
        isPassphrase = true
    }

    /// `key` has `keyLength` bytes.
    package init(key: consuming SecretBytes) {
        bytes = key
        isPassphrase = false
    }
}

/// The keys of one backup, bound to every byte of its head.
///
/// The salt makes them unlike those of any other backup, so that records may be numbered from 0.
struct BackupKeys: ~Copyable {
    /// Seals records.
    let records: SecretBytes
    /// Seals the secrets in a record once more, as the store's own key does: they are in the open
    /// nowhere but where a login has them, too.
    let secrets: HostKey

    init(_ secret: borrowing BackupSecret, _ head: BackupHead) {
        let master =
            secret.isPassphrase ? Self.stretch(secret.bytes, head) : Self.copy(secret.bytes)
        records = Self.derive(master, head.bytes + Array("records".utf8))
        secrets = HostKey(
            storeID: [],
            key: Self.derive(master, head.bytes + Array("secrets".utf8))
        )
    }

    private static func copy(_ secret: borrowing SecretBytes) -> SecretBytes {
        unsafe secret.withUnsafeBytes { unsafe SecretBytes(copying: $0) }
    }

    /// PBKDF2-HMAC-SHA-256 (RFC 8018 §5.2).
    private static func stretch(
        _ passphrase: borrowing SecretBytes,
        _ head: BackupHead
    ) -> SecretBytes {
        unsafe SecretBytes(count: BackupSecret.keyLength) { key in
            unsafe passphrase.withUnsafeBytes { passphrase in
                // SAFETY: every pointer is good for the count beside it.
                unsafe nettle_pbkdf2_hmac_sha256(
                    passphrase.count,
                    passphrase.assumingMemoryBound(to: UInt8.self).baseAddress,
                    max(1, head.iterations),
                    head.salt.count,
                    head.salt,
                    key.count,
                    key.assumingMemoryBound(to: UInt8.self).baseAddress
                )
            }
        }
    }

    private static func derive(_ master: borrowing SecretBytes, _ purpose: [UInt8]) -> SecretBytes {
        unsafe SecretBytes(count: BackupSecret.keyLength) { key in
            unsafe master.withUnsafeBytes { master in
                // SAFETY: the counts are the pointers' own; `key` has room for a SHA-256 value.
                unsafe totp_hmac_sha256(
                    master.assumingMemoryBound(to: UInt8.self).baseAddress,
                    master.count,
                    purpose,
                    purpose.count,
                    key.assumingMemoryBound(to: UInt8.self).baseAddress
                )
            }
        }
    }
}
