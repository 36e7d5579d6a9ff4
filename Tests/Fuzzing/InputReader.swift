/// Takes numbers and texts off an input, for targets whose input is more than one thing.
///
/// Behind its end everything is zero or empty.
struct InputReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func bytes(_ count: Int) -> [UInt8] {
        let bytes = Array(rest.prefix(count))
        rest = rest.dropFirst(count)
        return bytes + [UInt8](repeating: 0, count: count - bytes.count)
    }

    /// Little-endian.
    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number {
        bytes(Number.bitWidth / 8).reversed().reduce(0) {
            $0 << 8 | Number(truncatingIfNeeded: $1)
        }
    }
}

extension [UInt8] {
    func lines() -> [[UInt8]] {
        split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Array($0) }
    }

    /// Whether it may stand in the log, or go to a terminal, as it is.
    var isPrintable: Bool { allSatisfy { $0 >= 0x20 && $0 < 0x7f } }
}
