internal import FoundationEssentials

/// What `--json` prints: one object or array, keys in snake_case and sorted.
enum JSONOutput {
    static func write(_ value: some Encodable) throws {
        try Console.output.writeLine(text(value))
    }

    /// Writes an array of many values, made on all processors.
    static func write(all values: [some Encodable]) throws {
        let texts = try Parallel.map(values) { value in Result { try text(value) } }
            .map { try $0.get() }
        try Console.output.writeLine("[\n" + texts.joined(separator: ",\n") + "\n]")
    }

    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

/// Points in time, as RFC 3339 writes them in UTC.
enum Timestamp {
    /// The last second of the year 9999: there is no text for later ones.
    private static let last: Int64 = 253_402_300_799

    /// The text of a time in seconds since 1970; nil for 0, which means never.
    static func text(_ time: Int64) -> String? {
        time == 0 ? nil : Date(timeIntervalSince1970: Double(min(time, last))).ISO8601Format()
    }

    /// When a day begins in UTC, in seconds since 1970; nil if `day` is not like `2026-01-31`.
    static func start(ofDay day: String) -> Int64? {
        guard let date = try? Date("\(day)T00:00:00Z", strategy: .iso8601),
            let time = Int64(exactly: date.timeIntervalSince1970),
            date.ISO8601Format().hasPrefix(day + "T")
        else { return nil }
        return time
    }
}
