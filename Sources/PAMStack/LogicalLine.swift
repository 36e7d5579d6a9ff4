/// A line of a stack with its continuation lines, without its comment.
struct LogicalLine {
    /// Of its first line, from 1.
    let number: Int
    let text: [UInt8]
    /// Releases of libpam before 1.6 read it differently.
    let dependsOnRelease: Bool
}

/// A file in logical lines, as libpam 1.6 and later assemble them.
struct LogicalLines {
    private(set) var lines: [LogicalLine] = []
    /// The last line, from 1, if it asks to be continued: libpam then refuses the whole file.
    private(set) var unfinishedLine: Int?

    /// What 1.5 takes in at a time; the rest of the line becomes a line of its own there.
    private static let longestLineBefore16 = 1023

    init(_ file: [UInt8]) {
        var physical = file.split(separator: 0x0a, omittingEmptySubsequences: false)[...]
        // What is behind the last newline is a line only if there is something.
        if physical.last?.isEmpty == true { physical.removeLast() }
        var joined: [UInt8]?
        var first = 0
        for (index, raw) in physical.enumerated() {
            let line = raw.prefix { $0 != 0 }
            let whole = Array(joined ?? []) + Self.trimmed(line)
            if joined == nil { first = index + 1 }
            if let kept = Self.continued(line), !line.contains(0x23) {
                joined = Array(joined ?? []) + Self.trimmed(kept) + [0x20]
                continue
            }
            // 1.5 skips a blank line or a comment in the midst of a line, and goes on.
            let odd =
                whole.count > Self.longestLineBefore16
                || joined != nil && Self.trimmed(line).isEmpty
            if !whole.isEmpty {
                lines.append(LogicalLine(number: first, text: whole, dependsOnRelease: odd))
            }
            joined = nil
        }
        unfinishedLine = joined == nil ? nil : physical.count
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Without leading blanks and without the comment.
    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.drop(while: isBlank).prefix { $0 != 0x23 }
    }

    /// What is before the backslash at the end of a line, if there is one.
    private static func continued(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let last = line.lastIndex(where: { !isBlank($0) }), line[last] == 0x5c else {
            return nil
        }
        return line[..<last]
    }
}
