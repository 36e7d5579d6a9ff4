package import System

/// Base 32 (RFC 4648 §6), the alphabet that people type secrets in.
package enum Base32 {
    private static let alphabet = ("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" as Text).utf8

    /// The text of a secret, filled up with `=` to whole groups of eight if it is to be `padded`;
    /// otpauth URIs are not.
    package static func encode(_ bytes: borrowing SecretBytes, padded: Bool = false) -> Text {
        unsafe bytes.withUnsafeBytes { unsafe encode(Array($0), padded: padded) }
    }

    package static func encode(_ bytes: [UInt8], padded: Bool = false) -> Text {
        var text: [UInt8] = []
        var buffer: UInt16 = 0
        var bits = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt16(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int(buffer >> UInt16(bits) & 31)])
            }
            buffer &= 0xff
        }
        if bits > 0 { text.append(alphabet[Int(buffer << UInt16(5 - bits) & 31)]) }
        while padded, text.count % 8 != 0 { text.append(UInt8(ascii: "=")) }
        return Text(text)
    }

    /// The bytes that `text` spells, or nil.
    ///
    /// Case does not matter, padding may be missing, blanks and dashes between groups are skipped.
    /// What RFC 4648 §3.5 calls non-canonical (bits left over that are not zero, or a length that
    /// no encoder makes) is refused.
    package static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer: UInt16 = 0
        var bits = 0
        var symbols = 0
        var padding = 0
        for character in text {
            if ASCII.isBlank(character) || character == UInt8(ascii: "-") { continue }
            if character == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            guard padding == 0, let value = value(of: character) else { return nil }
            buffer = buffer << 5 | UInt16(value)
            bits += 5
            symbols += 1
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt16(bits)))
            }
            buffer &= 0xff
        }
        let leftOver = buffer & (1 << UInt16(bits) - 1)
        let isWhole = bits < 5 && leftOver == 0
        let isPadded = padding == 0 || (symbols + padding).isMultiple(of: 8) && padding < 8
        return isWhole && isPadded ? bytes : nil
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch ASCII.uppercased(character) {
        case let letter where ASCII.isLetter(letter): letter - UInt8(ascii: "A")
        case let digit where digit >= UInt8(ascii: "2") && digit <= UInt8(ascii: "7"):
            digit - UInt8(ascii: "2") + 26
        default: nil
        }
    }
}
