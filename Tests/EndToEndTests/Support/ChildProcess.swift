import CPseudoTerminal
import Foundation

/// A process that a test started, killed when nobody needs it any more.
///
/// Not Foundation's `Process`: that one notices an end only when everything started meanwhile, such
/// as a sshd, has ended too.
final class ChildProcess {
    private let identifier: pid_t
    private var status: Int32?

    init(identifier: pid_t) { self.identifier = identifier }

    /// Starts a program with its standard streams in these files, nothing else open, no signal
    /// blocked, and this environment.
    convenience init(
        _ program: String,
        _ arguments: [String],
        environment: [String: String],
        input: String = "/dev/null",
        output: String = "/dev/null",
        error: String
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let writing = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, writing, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, error, writing, 0o600)
        child_process_close_from(&actions, 3)
        // The threads of the tests block SIGCHLD, which shells wait for.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var identifier: pid_t = -1
        let code = ([program] + arguments).withCStrings { arguments in
            environment.map { "\($0)=\($1)" }.withCStrings { environment in
                posix_spawnp(&identifier, program, &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else { throw Failure("cannot start \(program): error \(code)") }
        self.init(identifier: identifier)
    }

    deinit {
        guard status == nil else { return }
        kill(identifier, SIGKILL)
        waitpid(identifier, nil, 0)
    }

    /// The exit status once it has ended, as a shell has it; nil while it runs.
    func exitStatus() -> Int32? {
        if let status { return status }
        var raw: Int32 = 0
        guard waitpid(identifier, &raw, WNOHANG) == identifier else { return nil }
        let signal = raw & 0x7f
        status = signal == 0 ? (raw >> 8) & 0xff : 128 + signal
        return status
    }

    func send(_ signal: Int32) {
        if exitStatus() == nil { kill(identifier, signal) }
    }

    func waitForExit(seconds: Int) throws -> Int32 {
        let deadline = Date(timeIntervalSinceNow: Double(seconds))
        while Date() < deadline {
            if let status = exitStatus() { return status }
            usleep(5000)
        }
        throw Failure("not ended after \(seconds) s")
    }
}

extension Array where Element == String {
    /// Lends the strings as C has them: terminated, and NULL after the last.
    func withCStrings<Answer>(_ body: ([UnsafeMutablePointer<CChar>?]) -> Answer) -> Answer {
        let copies = map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
