import Foundation

/// fail2ban's configuration with ours in it.
struct Jail {
    private let folder: TemporaryFolder

    init() throws {
        try Sandbox.enter()
        folder = try TemporaryFolder()
        // Without the jails that this system has turned on.
        let script = """
            set -e
            cp -r /etc/fail2ban "$1/fail2ban"
            rm -f "$1"/fail2ban/jail.d/*
            cp -r "$2/pam/fail2ban/." "$1/fail2ban"
            """
        _ = try Command.output(of: "sh", "-c", script, "sh", folder.url.path, Project.folder)
    }

    private var configuration: String { folder.file("fail2ban").path }

    /// The addresses of the lines that count, in order.
    func addresses(in log: String) throws -> [String] {
        try folder.write(log, to: "log")
        let output = try Command.output(
            of: "fail2ban-regex",
            "-c",
            configuration,
            "-o",
            "ip",
            folder.file("log").path,
            "pam-totp"
        )
        return output.split(separator: "\n").map(String.init)
    }

    func turnOn() throws {
        // The file that the jail reads by default; the sandbox has no daemon to write it.
        try Data().write(to: URL(fileURLWithPath: "/var/log/auth.log"))
        try folder.write("[pam-totp]\nenabled = true\n", to: "fail2ban/jail.d/pam-totp.local")
    }

    /// What the server would be told.
    func settings() throws -> String {
        try Command.output(of: "fail2ban-client", "-c", configuration, "-d")
    }
}
