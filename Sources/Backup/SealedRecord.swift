internal import CNettle
internal import System

/// One record of a backup as it is in the file: 4 bytes of length, then what ChaCha20-Poly1305
/// (RFC 8439) made of it, tag last.
///
/// The nonce is its number and whether it is the last one, so a record opens at its own place only,
/// and an end that was cut off is missed.
struct SealedRecord {
    static let lengthSize = 4
    static let tagLength = 16
    /// More than the longest record.
    static let lengthLimit = 80 * 1024

    static func seal(
        _ record: [UInt8],
        number: UInt64,
        isLast: Bool,
        under key: borrowing SecretBytes
    ) -> [UInt8] {
        let length = UInt32(record.count + tagLength).littleEndianBytes
        var sealed = [UInt8](repeating: 0, count: record.count + tagLength)
        unsafe key.withUnsafeBytes { key in
            // SAFETY: key and nonce have their lengths, `sealed` has room for the tag.
            unsafe totp_aead_seal(
                key.assumingMemoryBound(to: UInt8.self).baseAddress,
                nonce(number, isLast),
                length,
                length.count,
                record,
                record.count,
                &sealed
            )
        }
        return length + sealed
    }

    /// The record in `sealed`, which comes without its length; nil if it is not the one with that
    /// number, or was altered.
    static func open(
        _ sealed: [UInt8],
        number: UInt64,
        isLast: Bool,
        under key: borrowing SecretBytes
    ) -> [UInt8]? {
        guard sealed.count >= tagLength else { return nil }
        let length = UInt32(truncatingIfNeeded: sealed.count).littleEndianBytes
        var record = [UInt8](repeating: 0, count: sealed.count - tagLength)
        let isAuthentic = unsafe key.withUnsafeBytes { key in
            // SAFETY: key and nonce have their lengths, `sealed` is the record's and a tag.
            unsafe totp_aead_open(
                key.assumingMemoryBound(to: UInt8.self).baseAddress,
                nonce(number, isLast),
                length,
                length.count,
                sealed,
                record.count,
                &record
            )
        }
        return isAuthentic == 1 ? record : nil
    }

    private static func nonce(_ number: UInt64, _ isLast: Bool) -> [UInt8] {
        UInt32(isLast ? 1 : 0).littleEndianBytes + number.littleEndianBytes
    }
}
