/// Comma-separated values (RFC 4180), a line at a time: no value has the end of a line in it.
enum CSV {
    /// The values of a line; nil if its quotes make no sense.
    static func values(of line: [UInt8]) -> [[UInt8]]? {
        let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
        var values: [[UInt8]] = []
        var rest = line[...]
        while true {
            var value: [UInt8] = []
            if rest.first == quote {
                rest = rest.dropFirst()
                while true {
                    guard let end = rest.firstIndex(of: quote) else { return nil }
                    value += rest[..<end]
                    rest = rest[(end + 1)...]
                    guard rest.first == quote else { break }
                    value.append(quote)
                    rest = rest.dropFirst()
                }
                guard rest.isEmpty || rest.first == comma else { return nil }
            } else {
                value = Array(rest.prefix { $0 != comma })
                rest = rest.dropFirst(value.count)
                if value.contains(quote) { return nil }
            }
            values.append(value)
            if rest.isEmpty { return values }
            rest = rest.dropFirst()
        }
    }

    /// A line of these values.
    ///
    /// One that a spreadsheet would take for a formula gets an apostrophe in front. Semicolons are
    /// quoted for those that part columns at them.
    static func line(_ values: [String]) -> String {
        values.map(cell).joined(separator: ",") + "\r\n"
    }

    private static func cell(_ value: String) -> String {
        let formulas: [UInt8] = Array("=+-@\t\r".utf8)
        let isFormula = value.utf8.first.map(formulas.contains) ?? false
        let text = isFormula ? "'" + value : value
        let special: [UInt8] = Array(",;\"\r\n".utf8)
        guard text.utf8.contains(where: special.contains) else { return text }
        var quoted: [UInt8] = []
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { quoted.append(byte) }
            quoted.append(byte)
        }
        return "\"" + String(decoding: quoted, as: UTF8.self) + "\""
    }
}
