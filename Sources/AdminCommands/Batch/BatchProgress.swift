internal import System

/// How far a batch has got, on standard error: a bar at a terminal, elsewhere a line now and then.
struct BatchProgress {
    /// Between two lines where nobody sits, in milliseconds.
    private static let pause: Int64 = 10_000
    private static let barWidth: Int64 = 24

    private let size: Int64?
    private let isTerminal = Console.error.isTerminal
    private let start = Clock.monotonicMilliseconds()
    private var lastLine = Clock.monotonicMilliseconds()
    private var width = 0

    /// - Parameter size: how many bytes the batch has; nil if nobody knows.
    init(of size: Int64?) { self.size = size }

    mutating func show(_ count: BatchEnrollment.Count, bytesRead: Int64) {
        let now = Clock.monotonicMilliseconds()
        let rate = Int64(count.enrolled) * 1000 / max(1, now - start)
        let text = "\(count.summary), \(rate) a second"
        if isTerminal {
            draw(bar(bytesRead) + text)
        } else if now - lastLine >= Self.pause {
            lastLine = now
            write("totp-admin: \(percent(bytesRead).map { "\($0) %, " } ?? "")\(text)\n")
        }
    }

    /// A line about something else.
    mutating func note(_ line: String) {
        end()
        write(line + "\n")
    }

    /// Takes the bar away.
    mutating func end() {
        if width > 0 { write("\r" + String(repeating: " ", count: width) + "\r") }
        width = 0
    }

    private func percent(_ bytesRead: Int64) -> Int64? {
        guard let size, size > 0 else { return nil }
        return min(100, bytesRead * 100 / size)
    }

    private func bar(_ bytesRead: Int64) -> String {
        guard let percent = percent(bytesRead) else { return "" }
        let done = Int(percent * Self.barWidth / 100)
        let rest = Int(Self.barWidth) - done
        let bar = String(repeating: "#", count: done) + String(repeating: ".", count: rest)
        return "[\(bar)] \(percent) %  "
    }

    /// Writes a line over the last one, no wider than the terminal.
    private mutating func draw(_ text: String) {
        let columns = (Console.error.columns ?? 80) - 1
        let shown = String(text.prefix(columns))
        let blanks = String(repeating: " ", count: max(0, min(width, columns) - shown.count))
        write("\r" + shown + blanks)
        width = shown.count
    }

    /// Nobody's seeing it is no reason to stop.
    private func write(_ text: String) { try? Console.error.write(text) }
}
