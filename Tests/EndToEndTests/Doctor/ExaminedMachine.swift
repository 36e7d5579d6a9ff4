import Foundation
import System
import Testing

/// A machine for `totp-admin doctor` to look at: this one, with a configuration of its own, in a mount
/// namespace of its own.
final class ExaminedMachine {
    /// What `--json` prints of one finding.
    struct Finding: Decodable {
        let level: String
        let subject: String
        let text: String
        let evidence: [String]
        let remedy: String?
    }

    struct Report {
        let status: Int32
        let findings: [Finding]
        let error: String

        func findings(_ level: String, _ subject: String? = nil) -> [Finding] {
            findings.filter { $0.level == level && (subject == nil || $0.subject == subject) }
        }

        /// The texts of problems, each behind its subject.
        var problems: [String] { findings("problem").map { "\($0.subject): \($0.text)" } }
    }

    let site: Site
    private let folder: String
    /// What stands in the place of which path.
    private var places: [(file: String, path: String)] = []

    /// On the disk that the source is on, unless it is to be elsewhere: a store in memory is a problem.
    ///
    /// Everything is as the documentation has it.
    init(in parent: String = "\(Project.folder)/.build") throws {
        try Sandbox.enter()
        folder = "\(parent)/doctor-\(UUID().uuidString)"
        _ = try Command.output(of: "mkdir", "-p", "\(folder)/etc/ssh", "/run/sshd")
        site = try Site(in: folder)
        let key = "\(folder)/host_key"
        _ = try Command.output(of: "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key)
        _ = try Command.output(of: "mkdir", "\(folder)/stacks")
        places.append(("\(folder)/stacks", "/etc/pam.d"))
        try stack("sshd", Self.documented)
        try sshd(Self.methods)
        try write("etc/passwd", "root:x:0:0::/root:/usr/sbin/nologin\n" + Self.daemons)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// sshd wants the account that it gives its privileges up for.
    private static let daemons = """
        sshd:x:100:65534::/run/sshd:/usr/sbin/nologin
        nobody:x:65534:65534::/nonexistent:/usr/sbin/nologin

        """

    static let documented = """
        auth requisite pam_totp.so ask_pass
        auth [success=2 default=ignore] pam_unix.so use_first_pass
        auth optional pam_totp.so keep_pace
        auth requisite pam_deny.so
        auth required pam_permit.so
        auth required pam_totp.so
        """

    static let methods = "AuthenticationMethods keyboard-interactive:pam"

    func stack(_ service: String, _ lines: String) throws {
        try write("stacks/\(service)", lines + "\n")
    }

    func remove(stack service: String) {
        try? FileManager.default.removeItem(atPath: "\(folder)/stacks/\(service)")
    }

    /// The lines of sshd_config that are not what every case has.
    func sshd(_ lines: String) throws {
        let common = """
            UsePAM yes
            KbdInteractiveAuthentication yes
            PasswordAuthentication no
            HostKey \(folder)/host_key

            """
        try write("etc/ssh/sshd_config", "\(lines)\n\(common)")
    }

    /// Adds people who can log in.
    func people(_ names: [String], firstUID: Int = 300_000) throws {
        let lines = names.enumerated().map { index, name in
            "\(name):x:\(firstUID + index):100::/nonexistent:/bin/sh\n"
        }
        try write("etc/passwd", Self.daemons + lines.joined())
    }

    /// Puts a file or folder in the place of another one.
    func place(_ file: String, at path: String) {
        places.removeAll { $0.path == path }
        places.append((file, path))
    }

    @discardableResult func write(_ name: String, _ contents: String) throws -> String {
        let path = "\(folder)/\(name)"
        try contents.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// Runs a command on that machine.
    ///
    /// What is in `etc` lies in a layer above /etc: what is bound over a file goes when somebody puts
    /// another one in its place, as useradd does in other tests.
    func run(_ command: [String], before: String = "true") throws -> Command {
        let mounts = places.map { "mount --bind '\($0.file)' '\($0.path)' || exit 99" }
        let layers = "mount -t overlay -o lowerdir='\(folder)/etc':/etc none /etc || exit 99"
        let script = ([layers] + mounts + ["\(before) || exit 99", "exec \"$@\""]).joined(
            separator: "\n"
        )
        return try Command.run(["unshare", "--mount", "sh", "-c", script, "sh"] + command)
    }

    var configuration: [String] { ["--conf", "\(site.folder)/totp.conf"] }

    func admin(_ arguments: String...) throws {
        let command = try run(["totp-admin"] + arguments + configuration)
        guard command.status == 0 else { throw Failure("\(arguments): \(command.error)") }
    }

    /// What the doctor says; `before` is a shell command that is run first.
    func examine(_ options: String..., before: String = "true") throws -> Report {
        let arguments = ["totp-admin", "doctor", "--json"] + options + configuration
        let command = try run(arguments, before: before)
        guard
            let findings = try? JSONDecoder().decode([Finding].self, from: Data(command.text.utf8))
        else { throw Failure("\(command.status): \(command.text)\(command.error)") }
        return Report(status: command.status, findings: findings, error: command.error)
    }
}
