internal import FoundationEssentials

/// What `--json` prints: one object or array, keys in snake_case and sorted.
enum JSONOutput {
    static func write(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try Console.output.writeLine(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}

/// Points in time, as RFC 3339 writes them in UTC.
enum Timestamp {
    /// The text of a time in seconds since 1970; nil for 0, which means never.
    static func text(_ time: Int64) -> String? {
        time == 0 ? nil : Date(timeIntervalSince1970: Double(time)).ISO8601Format()
    }
}
