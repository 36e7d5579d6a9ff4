internal import OTP
internal import System

/// One `key = value`.
struct Setting {
    let line: Int
    let key: Text
    private let value: [UInt8]

    private static let maximumPathLength = 1024
    private static let maximumIssuerLength = 128

    init(_ bytes: [UInt8], number: Int) throws(SettingError) {
        guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else {
            throw .notASetting(line: number)
        }
        line = number
        key = Text(ASCII.trimmed(bytes[..<equals]))
        value = ASCII.trimmed(bytes[(equals + 1)...])
    }

    func number(_ bounds: ClosedRange<Int64>) throws(SettingError) -> Int64 {
        guard let number = Decimal.parse(value, as: Int64.self), bounds.contains(number) else {
            throw .outOfBounds(line: line, key: key, bounds: bounds)
        }
        return number
    }

    func path() throws(SettingError) -> Text {
        guard value.first == UInt8(ascii: "/"), value.count <= Self.maximumPathLength,
            !value.contains(where: ASCII.isControl)
        else { throw .notAPath(line: line, key: key) }
        // "/srv/totp/" is "/srv/totp".
        let end = value.lastIndex { $0 != UInt8(ascii: "/") }
        return end.map { Text(value[...$0]) } ?? "/"
    }

    func issuer() throws(SettingError) -> Text {
        let issuer = Text(value)
        guard OTPAuthURI.isValidIssuer(issuer), value.count <= Self.maximumIssuerLength else {
            throw .notAnIssuer(line: line, key: key)
        }
        return issuer
    }

    /// Names with commas between; none for an empty value.
    func names() throws(SettingError) -> [Text] {
        if value.isEmpty { return [] }
        return try value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
            (part) throws(SettingError) in
            let name = ASCII.trimmed(part)
            guard !name.isEmpty, !name.contains(where: ASCII.isControl) else {
                throw .notNames(line: line, key: key)
            }
            return Text(name)
        }
    }

    /// Addresses and ranges of them, with commas between; none for an empty value.
    func ranges() throws(SettingError) -> [AddressRange] {
        try names().map { (name) throws(SettingError) in
            guard let range = AddressRange(parsing: name.utf8) else {
                throw .notARange(line: line, key: key, value: name)
            }
            return range
        }
    }
}
