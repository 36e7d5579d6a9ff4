import CPseudoTerminal
import Foundation

/// A program at a terminal, as the person who sits there has it.
final class PseudoTerminal {
    /// Everything that was shown so far.
    private(set) var shown: [UInt8] = []
    private let child: ChildProcess
    private var terminal: Int32
    private var readTo = 0

    private static let milliseconds: Int32 = 30000

    convenience init(_ arguments: String...) throws { try self.init(arguments: arguments) }

    /// Starts a program at a terminal of this size, with what `environment` sets otherwise than usual; nil
    /// is not set at all.
    init(
        arguments: [String],
        columns: UInt16 = 80,
        rows: UInt16 = 50,
        environment changes: [String: String?] = [:]
    ) throws {
        var terminal: Int32 = -1
        var child: pid_t = -1
        let usual: [String: String?] = [
            "TERM": "xterm-256color", "HOME": "/run/root", "LANG": "C.UTF-8",
        ]
        let outside = Sandbox.environment.mapValues { Optional($0) }
        let environment = outside.merging(usual) { $1 }.merging(changes) { $1 }.compactMap {
            name,
            value in
            value.map { "\(name)=\($0)" }
        }
        let error = (["env"] + arguments).withCStrings { arguments in
            environment.withCStrings { environment in
                pseudo_terminal_start(
                    "/usr/bin/env",
                    arguments,
                    environment,
                    columns,
                    rows,
                    &terminal,
                    &child
                )
            }
        }
        guard error == 0 else { throw Failure("cannot start \(arguments): error \(error)") }
        self.terminal = terminal
        self.child = ChildProcess(identifier: child)
    }

    deinit { hangUp() }

    var text: String { String(decoding: shown, as: UTF8.self) }

    /// Reads on until `text` is shown.
    func waitFor(_ text: String) throws {
        let wanted = Data(text.utf8)
        let deadline = Date(timeIntervalSinceNow: Double(Self.milliseconds) / 1000)
        while true {
            if let range = Data(shown).range(of: wanted, in: readTo..<shown.count) {
                readTo = range.upperBound
                return
            }
            guard Date() < deadline, try readMore() else {
                throw Failure("'\(text)' was not shown; this was: \(self.text)")
            }
        }
    }

    var hasEnded: Bool { child.exitStatus() != nil }

    /// Waits until the program in the foreground waits, for one that throws away what is typed before
    /// that.
    func waitUntilAsleep() throws {
        try wait {
            let path = "/proc/\(tcgetpgrp(terminal))/stat"
            let line = String(
                decoding: FileManager.default.contents(atPath: path) ?? Data(),
                as: UTF8.self
            )
            // The state is behind the name.
            return line.split(separator: ") ").last?.first == "S"
        }
    }

    /// Waits until what is typed is not shown.
    func waitUntilHidden() throws {
        try wait {
            var settings = termios()
            return tcgetattr(terminal, &settings) == 0 && settings.c_lflag & tcflag_t(ECHO) == 0
        }
    }

    private func wait(until condition: () -> Bool) throws {
        let deadline = Date(timeIntervalSinceNow: Double(Self.milliseconds) / 1000)
        while !condition() {
            guard !hasEnded, Date() < deadline else { throw Failure("not so; shown: \(text)") }
            usleep(2000)
        }
    }

    func type(_ line: String) throws { try press(line + "\n") }

    /// Types without the end of a line.
    func press(_ keys: String) throws {
        var rest = Array(keys.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Failure("cannot type: error \(errno)") }
            rest = rest.dropFirst(count)
        }
    }

    /// Sends the program a signal.
    func send(_ signal: Int32) { child.send(signal) }

    /// Closes the terminal's window.
    func hangUp() {
        if terminal >= 0 { close(terminal) }
        terminal = -1
    }

    /// Reads what is still shown and returns the exit status.
    func waitForExit() throws -> Int32 {
        while terminal >= 0, try readMore() {}
        return try child.waitForExit(seconds: Int(Self.milliseconds / 1000))
    }

    /// False once nothing more can come.
    private func readMore() throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = pseudo_terminal_read(terminal, &buffer, buffer.count, Self.milliseconds)
        guard count >= 0 else { throw Failure("nothing more is shown; this was: \(text)") }
        shown += buffer[..<count]
        return count > 0
    }
}
