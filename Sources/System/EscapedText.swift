extension Text {
    /// Text from outside as it may stand in a log line or a message: printable ASCII as it is, the
    /// rest, blanks, quotes and backslashes as `\xNN`, and no more than `limit` bytes of it.
    @inline(never)
    package func escaped(limit: Int = 64) -> Text {
        var escaped: [UInt8] = []
        for byte in utf8.prefix(limit) {
            let isPlain = byte > UInt8(ascii: " ") && byte < 0x7f
            if isPlain, byte != UInt8(ascii: "\\"), byte != UInt8(ascii: "\"") {
                escaped.append(byte)
            } else {
                escaped += ("\\x" as Text).utf8 + Hexadecimal.encode([byte]).utf8
            }
        }
        if utf8.count > limit { escaped += ("..." as Text).utf8 }
        return Text(escaped)
    }
}
