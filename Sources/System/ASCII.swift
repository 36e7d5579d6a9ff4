/// Bytes read as ASCII, whatever the locale.
package enum ASCII {
    package static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }

    package static func uppercased(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte & 0xdf : byte
    }

    package static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    package static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    package static func isLetter(_ byte: UInt8) -> Bool {
        let folded = lowercased(byte)
        return folded >= UInt8(ascii: "a") && folded <= UInt8(ascii: "z")
    }

    /// Neither a control character nor DEL; bytes of 128 and more are not ASCII's business.
    package static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7f }

    /// The bytes without the blanks at either end.
    package static func trimmed(_ bytes: some BidirectionalCollection<UInt8>) -> [UInt8] {
        var trimmed = Array(bytes.drop(while: isBlank))
        while let last = trimmed.last, isBlank(last) { trimmed.removeLast() }
        return trimmed
    }
}
