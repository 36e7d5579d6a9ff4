internal import System
internal import Verification

extension Configuration {
    /// Reads `key = value` lines.
    ///
    /// A line that begins with `#`, and an empty one, says nothing.
    ///
    /// - Throws: `SettingError`, which names the line and the key.
    package init(parsing bytes: [UInt8]) throws(SettingError) {
        var seen: [Text] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, rawLine) in lines.enumerated() {
            // An editor elsewhere may have ended the line with CR LF.
            let line = ASCII.trimmed(rawLine.last == 0x0d ? rawLine.dropLast() : rawLine)
            if line.isEmpty || line[0] == UInt8(ascii: "#") { continue }
            let setting = try Setting(line, number: index + 1)
            if seen.contains(setting.key) {
                throw .repeatedKey(line: setting.line, key: setting.key)
            }
            seen.append(setting.key)
            try apply(setting)
        }
    }

    /// The one list of keys.
    private mutating func apply(_ setting: Setting) throws(SettingError) {
        switch setting.key {
        case "store": store = try setting.path()
        case "key_file": keyFile = try setting.path()
        case "issuer": issuer = try setting.text()
        case "window": policy.window = try setting.number(Policy.windowBounds)
        case "look_ahead": policy.lookAhead = try setting.number(Policy.lookAheadBounds)
        case "max_drift": policy.maxDrift = try setting.number(Policy.maxDriftBounds)
        case "purse": policy.purse = try setting.number(Policy.purseBounds)
        case "refund": policy.refund = try setting.number(Policy.refundBounds)
        case "free_attempts": policy.freeAttempts = try setting.number(Policy.freeAttemptsBounds)
        case "first_wait": policy.firstWait = try setting.number(Policy.firstWaitBounds)
        case "longest_wait": policy.longestWait = try setting.number(Policy.longestWaitBounds)
        default: throw .unknownKey(line: setting.line, key: setting.key)
        }
    }
}

/// One `key = value`.
private struct Setting {
    let line: Int
    let key: Text
    private let value: [UInt8]

    private static let maximumTextLength = 128
    private static let maximumPathLength = 1024

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

    func text() throws(SettingError) -> Text {
        guard !value.isEmpty, value.count <= Self.maximumTextLength,
            !value.contains(where: ASCII.isControl), !value.contains(UInt8(ascii: ":"))
        else { throw .notText(line: line, key: key) }
        return Text(value)
    }
}
