internal import Glibc
internal import System

/// The standard streams, as a person or a script at the other end sees them.
struct Console {
    static let output = Console(descriptor: STDOUT_FILENO)
    static let error = Console(descriptor: STDERR_FILENO)

    let descriptor: Int32

    /// Writes all of `text`, or throws: codes that nobody saw must not pass for shown.
    ///
    /// A reader that has gone away ends the process by SIGPIPE, as usual.
    func write(_ text: String) throws(AdminError) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            // SAFETY: the address and the count are those of `rest`.
            let written = unsafe rest.withUnsafeBytes { bytes in
                unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            }
            if written < 0 && errno != EINTR {
                throw AdminError(.inputOutput, SystemError(call: "write", code: errno))
            }
            rest = rest.dropFirst(max(0, written))
        }
    }

    func writeLine(_ text: String = "") throws(AdminError) { try write(text + "\n") }

    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Whether there is a terminal that shows colours, and nobody who wants none (no-color.org).
    var showsColours: Bool {
        let kind = Environment.value("TERM") ?? "dumb"
        return isTerminal && kind != "dumb" && Environment.value("NO_COLOR") == nil
    }

    /// How many columns there are: what COLUMNS says, or else the terminal; nil if neither does.
    var columns: Int? { Self.number("COLUMNS") ?? size.map { Int($0.ws_col) } }

    /// How many rows a terminal has: what LINES says, or else the terminal; nil where there is none.
    var rows: Int? {
        guard isTerminal else { return nil }
        return Self.number("LINES") ?? size.map { Int($0.ws_row) }
    }

    private static func number(_ variable: String) -> Int? {
        Environment.value(variable).flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }

    /// The terminal's size; nil if it does not know it.
    private var size: winsize? {
        var size = winsize()
        // SAFETY: TIOCGWINSZ fills one winsize.
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0,
            size.ws_row > 0
        else { return nil }
        return size
    }

    /// Asks for a line, with a prompt if somebody is sitting there; nil at the end of the input.
    func ask(_ prompt: String) throws(AdminError) -> String? {
        if isatty(STDIN_FILENO) == 1 { try write(prompt) }
        return readLine()
    }
}
