import Foundation

/// A real sshd on the loopback interface, killed when nobody needs it any more.
///
/// Many clients may use it at once: nothing of it changes once it listens.
final class SSHServer: @unchecked Sendable {
    let port: UInt16
    private let folder: TemporaryFolder
    private let process: ChildProcess

    /// Starts it with a PAM stack, whose service is the name that sshd is called by, and with what
    /// sshd_config(5) calls AuthenticationMethods; `settings` are more lines of that file.
    convenience init(
        _ stack: Stack,
        methods: String = "keyboard-interactive:pam",
        settings: String = ""
    ) throws {
        try self.init(service: stack.rawValue, methods: methods, settings: settings)
    }

    init(service: String, methods: String, settings: String = "") throws {
        try Sandbox.enter()
        port = try Self.freePort()
        folder = try TemporaryFolder()
        try Self.configure(folder, port: port, methods: methods, settings)
        let program = folder.file(service).path
        try FileManager.default.createSymbolicLink(
            atPath: program,
            withDestinationPath: "/usr/sbin/sshd"
        )
        process = try ChildProcess(
            program,
            ["-D", "-e", "-f", folder.file("config").path],
            environment: ["PATH": Sandbox.path],
            error: folder.file("log").path
        )
        try waitUntilItListens()
    }

    var log: String { folder.text(of: "log") }

    /// Lets `person` in by this key too.
    static func authorize(_ publicKey: String, for person: Person) throws {
        let script = """
            umask 077; mkdir ~\(person.name)/.ssh; cat >~\(person.name)/.ssh/authorized_keys
            chown -R \(person.name): ~\(person.name)/.ssh
            """
        _ = try Command.output(of: "sh", "-c", script, input: publicKey)
    }

    private static func configure(
        _ folder: TemporaryFolder,
        port: UInt16,
        methods: String,
        _ settings: String
    ) throws {
        let key = folder.file("host_key").path
        _ = try Command.output(of: "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key)
        let config = """
            ListenAddress 127.0.0.1
            Port \(port)
            HostKey \(key)
            PidFile none
            UsePAM yes
            PasswordAuthentication yes
            KbdInteractiveAuthentication yes
            PubkeyAuthentication yes
            AuthenticationMethods \(methods)
            LogLevel VERBOSE
            Subsystem sftp internal-sftp
            \(settings)

            """
        try folder.write(config, to: "config")
    }

    private func waitUntilItListens() throws {
        for _ in 0..<500 {
            if log.contains("Server listening on 127.0.0.1 port \(port).") { return }
            guard process.exitStatus() == nil else { break }
            usleep(20000)
        }
        throw Failure("sshd does not listen: \(log)")
    }

    private static func freePort() throws -> UInt16 {
        let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(probe) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let error = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(probe, $0, size) + getsockname(probe, $0, &size)
            }
        }
        guard error == 0 else { throw Failure("no free port") }
        return UInt16(bigEndian: address.sin_port)
    }
}
