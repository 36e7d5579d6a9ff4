internal import System

/// The lines of one of our text files, counted for messages.
struct TextLines {
    private let path: Text
    private var rest: ArraySlice<UInt8>
    /// The number of the line that `next` returned last.
    private(set) var number = 0

    init(_ bytes: [UInt8], path: Text) {
        rest = bytes[...]
        self.path = path
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The next line, without its newline.
    ///
    /// A file that ends without one was cut short.
    mutating func next() throws(StoreError) -> ArraySlice<UInt8> {
        number += 1
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
            throw malformed("the file ends too early")
        }
        let line = rest[..<end]
        rest = rest[(end + 1)...]
        if line.contains(where: ASCII.isControl) { throw malformed("there is a control character") }
        return line
    }

    func malformed(_ problem: Text) -> StoreError {
        .malformed(path: path, line: number, problem: problem)
    }

    /// The fields behind `keyword` if the line begins with it and has `count` of them, single blanks
    /// between; the last one takes the rest of the line.
    static func fields(
        of line: ArraySlice<UInt8>,
        after keyword: Text,
        count: Int
    ) -> [ArraySlice<UInt8>]? {
        let parts = line.split(
            separator: UInt8(ascii: " "),
            maxSplits: count,
            omittingEmptySubsequences: false
        )
        guard parts.count == count + 1, parts[0].elementsEqual(keyword.utf8) else { return nil }
        return Array(parts.dropFirst())
    }
}
