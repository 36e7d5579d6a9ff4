package import System

/// HMAC-based one-time passwords (RFC 4226), with RFC 6238's choice of hash functions.
package enum HOTP {
    /// The code for a counter (RFC 4226 §5.3), as a number below 10^digits; its leading zeros are
    /// the caller's to write.
    ///
    /// `digits` is from 6 to 8.
    package static func code(
        secret: borrowing SecretBytes,
        counter: UInt64,
        algorithm: HashAlgorithm,
        digits: Int
    ) -> UInt32 {
        var message: [UInt8] = []
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            message.append(UInt8(truncatingIfNeeded: counter >> shift))
        }
        let digest = algorithm.authenticationCode(of: message, key: secret)
        return unsafe digest.withUnsafeBytes { digest in
            unsafe truncate(digest) % modulus(digits: digits)
        }
    }

    /// 10^digits: how many codes of that length there are.
    package static func modulus(digits: Int) -> UInt32 {
        var modulus: UInt32 = 1
        for _ in 0..<min(digits, 9) { modulus *= 10 }
        return modulus
    }

    /// A code as people type it, with its leading zeros.
    package static func text(_ code: UInt32, digits: Int) -> Text {
        let number: Text = "\(code)"
        let zeros = repeatElement(UInt8(ascii: "0"), count: max(0, digits - number.utf8.count))
        return Text(zeros + number.utf8)
    }

    /// Dynamic truncation (RFC 4226 §5.3): 31 bits from where the last nibble points.
    private static func truncate(_ digest: UnsafeRawBufferPointer) -> UInt32 {
        // SAFETY: a digest has at least 20 bytes, and the offset is at most 15.
        let offset = unsafe Int(digest[digest.count - 1] & 0x0f)
        var value: UInt32 = 0
        for index in offset..<offset + 4 { value = unsafe value << 8 | UInt32(digest[index]) }
        return value & 0x7fff_ffff
    }
}
