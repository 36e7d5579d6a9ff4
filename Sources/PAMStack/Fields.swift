/// Takes a line apart as libpam does: at blanks, with `[…]` as one field in which `\]` is `]`.
struct Fields {
    private var rest: ArraySlice<UInt8>

    init(_ line: [UInt8]) { rest = line[...] }

    mutating func next() -> String? {
        rest = rest.drop(while: Self.separates)
        guard let first = rest.first else { return nil }
        guard first == UInt8(ascii: "[") else {
            let field = rest.prefix { !Self.separates($0) }
            rest = rest[field.endIndex...].dropFirst()
            return String(decoding: field, as: UTF8.self)
        }
        rest = rest.dropFirst()
        var field: [UInt8] = []
        while let byte = rest.first, byte != UInt8(ascii: "]") {
            if byte == UInt8(ascii: "\\"), rest.dropFirst().first == UInt8(ascii: "]") {
                rest = rest.dropFirst()
            }
            field.append(rest.removeFirst())
        }
        rest = rest.dropFirst()
        return String(decoding: field, as: UTF8.self)
    }

    mutating func remaining() -> [String] {
        var fields: [String] = []
        while let field = next() { fields.append(field) }
        return fields
    }

    private static func separates(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0a
    }
}
