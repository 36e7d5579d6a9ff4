internal import Glibc
internal import System

/// A passphrase that is not shown while it is typed.
enum TypedPassphrase {
    /// More than a terminal hands over of a line.
    private static let longestLine = 4096

    /// Asks for one at the terminal, whatever standard output and error are.
    ///
    /// The keys that interrupt and stop do so, and find the terminal as it was.
    static func read(_ prompt: String) throws(AdminError) -> SecretBytes {
        guard isatty(STDIN_FILENO) == 1 else { throw noTerminal }
        // SAFETY: the path is static.
        let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else { throw noTerminal }
        defer { close(terminal) }
        let typed: SecretBytes
        do throws(SystemError) {
            typed = try ask(prompt, at: terminal)
        } catch {
            throw AdminError(.inputOutput, error)
        }
        let count = unsafe typed.withUnsafeBytes { unsafe $0.firstIndex(of: UInt8(ascii: "\n")) }
        // The line's end is missing where Ctrl-D ended it.
        let line = unsafe typed.withUnsafeBytes { (typed) -> SecretBytes in
            unsafe SecretBytes(copying: UnsafeRawBufferPointer(rebasing: typed[..<(count ?? 0)]))
        }
        guard count != nil else { throw AdminError(.dataError, "no passphrase was given") }
        if unsafe line.withUnsafeBytes({ unsafe $0.contains(where: ASCII.isControl) }) {
            throw AdminError(.dataError, "a passphrase has no control characters")
        }
        return line
    }

    private static var noTerminal: AdminError {
        AdminError(
            .usage,
            "there is no terminal to type a passphrase at; see --passphrase-file and --key-file"
        )
    }

    /// A line as the terminal hands it over, filled up with zeros; asks again after a stop.
    private static func ask(
        _ prompt: String,
        at terminal: Int32
    ) throws(SystemError) -> SecretBytes {
        while true {
            var signal: Int32 = 0
            if let line = try ask(prompt, at: terminal, interruptedBy: &signal) { return line }
            // It ends the process, or stops it for a while, or is ignored.
            raise(signal)
        }
    }

    private static func ask(
        _ prompt: String,
        at terminal: Int32,
        interruptedBy signal: inout Int32
    ) throws(SystemError) -> SecretBytes? {
        let console = Console(descriptor: terminal)
        let hidden = try HiddenInput(at: terminal)
        defer {
            hidden.end()
            try? console.writeLine()
        }
        try? console.write(prompt)
        if let arrived = try hidden.waitForLine() {
            signal = arrived
            return nil
        }
        return try unsafe SecretBytes(count: longestLine) { (line) throws(SystemError) in
            // SAFETY: read fills no more than `line` has.
            guard unsafe Glibc.read(terminal, line.baseAddress, line.count) >= 0 else {
                throw SystemError(call: "read", code: errno)
            }
        }
    }
}
