internal import System

/// Percent-encoding of URI components (RFC 3986 §2).
enum PercentEncoding {
    /// Everything but the unreserved characters is encoded.
    static func encode(_ text: some Sequence<UInt8>) -> Text {
        var encoded: [UInt8] = []
        for byte in text {
            if ASCII.isLetter(byte) || ASCII.isDigit(byte) || ("-._~" as Text).utf8.contains(byte) {
                encoded.append(byte)
            } else {
                encoded.append(UInt8(ascii: "%"))
                encoded += Hexadecimal.encode([byte]).utf8.map(ASCII.uppercased)
            }
        }
        return Text(encoded)
    }

    /// The bytes that `text` stands for; nil for a `%` that two hexadecimal digits do not follow.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.first {
            rest = rest.dropFirst()
            if byte != UInt8(ascii: "%") {
                bytes.append(byte)
                continue
            }
            let pair = rest.prefix(2).map(ASCII.lowercased)
            guard pair.count == 2, let value = Hexadecimal.decode(pair) else { return nil }
            bytes += value
            rest = rest.dropFirst(2)
        }
        return bytes
    }
}
