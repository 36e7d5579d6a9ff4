/// Bytes as lower-case hexadecimal, and back.
package enum Hexadecimal {
    private static let digits = ("0123456789abcdef" as Text).utf8

    package static func encode(_ bytes: some Sequence<UInt8>) -> Text {
        var text: [UInt8] = []
        // An array's own loop: that of any sequence is several times as slow, unspecialized.
        for byte in Array(bytes) {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return Text(text)
    }

    /// The bytes that `text` spells in lower-case pairs, or nil.
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        var high: UInt8?
        for character in Array(text) {
            guard let nibble = nibble(character) else { return nil }
            if let first = high {
                bytes.append(first << 4 | nibble)
                high = nil
            } else {
                high = nibble
            }
        }
        return high == nil ? bytes : nil
    }

    /// The bytes that `text` spells, straight into memory that will be wiped.
    package static func decodeSecret(_ text: UnsafeRawBufferPointer) -> SecretBytes? {
        guard text.count.isMultiple(of: 2) else { return nil }
        var isWhole = true
        let secret = unsafe SecretBytes(count: text.count / 2) { bytes in
            for index in bytes.indices {
                guard let high = unsafe nibble(text[2 * index]),
                    let low = unsafe nibble(text[2 * index + 1])
                else {
                    isWhole = false
                    return
                }
                unsafe bytes[index] = high << 4 | low
            }
        }
        guard isWhole else { return nil }
        return secret
    }

    private static func nibble(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): return character - UInt8(ascii: "a") + 10
        default: return nil
        }
    }
}
