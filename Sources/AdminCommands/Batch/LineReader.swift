internal import Glibc
internal import System

/// The lines of a file of any length, one after the other; never more than one of them in memory.
struct LineReader {
    /// A line, numbered from 1; its bytes are nil if it is longer than any that makes sense.
    struct Line {
        let number: Int
        let bytes: [UInt8]?
    }

    private static let longestLine = 4096

    /// How many bytes there are, where that is known.
    let size: Int64?
    /// How many bytes the lines so far had.
    private(set) var bytesRead: Int64 = 0

    private let descriptor: Int32
    private let path: String
    private var chunk: ArraySlice<UInt8> = []
    private var number = 0

    /// Opens a file, or standard input for `-`.
    init(path: String) throws(AdminError) {
        self.path = path
        // SAFETY: the path is lent for the call.
        descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let error = SystemError(call: "open", code: errno)
            throw AdminError(.noInput, "cannot read '\(path)': \(error.description)")
        }
        var status = stat()
        // SAFETY: fstat fills one stat.
        let isRegular =
            unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        size = isRegular ? Int64(status.st_size) : nil
    }

    /// The next line without its end, CR LF or LF; nil behind the last one.
    mutating func next() throws(AdminError) -> Line? {
        var line: [UInt8] = []
        var isTooLong = false
        while true {
            if chunk.isEmpty { chunk = try InputFile.chunk(of: descriptor, path: path)[...] }
            let part = chunk.prefix { $0 != UInt8(ascii: "\n") }
            let isLast = chunk.isEmpty
            let isWhole = part.count < chunk.count
            bytesRead += Int64(part.count + (isWhole ? 1 : 0))
            chunk = chunk.dropFirst(part.count + 1)
            if line.count + part.count > Self.longestLine { isTooLong = true }
            if !isTooLong { line += part }
            if isLast, line.isEmpty, !isTooLong { return nil }
            if isWhole || isLast { break }
        }
        number += 1
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        // What some programs put before the text of a file, to say that it is UTF-8.
        if number == 1, line.starts(with: [0xef, 0xbb, 0xbf]) { line.removeFirst(3) }
        return Line(number: number, bytes: isTooLong ? nil : line)
    }
}
