internal import CHost
internal import Doctor
internal import Glibc
internal import System
internal import Verification

/// The ways into sshd, by its own word: `sshd -T`.
struct SSHExamination {
    private static let configuration = "/etc/ssh/sshd_config"
    private static let mostMatches = 32
    private static let mostIncludes = 64

    private(set) var diagnoses: [Diagnosis] = []
    /// The service of the PAM stack.
    private(set) var service = "sshd"
    /// Whether every way in begins with what PAM does not ask for, such as a key; true where that could
    /// not be found out.
    private(set) var asksForKeyFirst = true

    init(_ stacks: StackExamination, for account: Account?) {
        guard HostFiles.exists(StackExamination.sshd),
            account != nil || stacks.services.contains(where: { $0.name.hasPrefix("sshd") })
        else { return }
        var connection: [String] = []
        if let account {
            connection = ["user=\(account.name)", "host=localhost", "addr=127.0.0.1"]
        }
        guard let settings = settings(for: connection) else { return }
        service = settings.service
        asksForKeyFirst = settings.waysIn.allSatisfy { way in
            way.contains { $0 != .password && $0 != .keyboardInteractive }
        }
        let stack = stacks.service(named: service)
        func diagnose(_ settings: SSHSettings, _ whom: String?) -> [Diagnosis] {
            SSHDiagnosis(
                whom: whom,
                settings: settings,
                stackAsks: stack?.asks ?? false,
                stackSplits: stack?.splits ?? false
            ).all
        }
        diagnoses = diagnose(settings, account.map { "for \($0.name)" })
        if account != nil { return }
        for (place, match) in Self.matches() {
            guard let connection = Self.connection(match) else {
                diagnoses.append(unseen("no connection known for Match \(match.text)", place))
                continue
            }
            guard let others = self.settings(for: connection) else { continue }
            if others == settings { continue }
            diagnoses += diagnose(others, "Match \(match.text), \(place)")
        }
    }

    private func unseen(_ text: String, _ evidence: String...) -> Diagnosis {
        Diagnosis(.unseen, "sshd", text, evidence: evidence)
    }

    /// What sshd says of a connection: of one that no `Match` line is for, if nothing is said of it.
    private mutating func settings(for connection: [String]) -> SSHSettings? {
        var arguments = [StackExamination.sshd, "-T"]
        if !connection.isEmpty { arguments += ["-C", connection.joined(separator: ",")] }
        let run = Command.run(arguments)
        if run.status == 0 { return SSHSettings(parsing: run.output) }
        let reason = run.errors.split(whereSeparator: \.isNewline).last ?? "it did not start"
        // ssh.service makes /run/sshd, and only while it runs.
        let isMissing = geteuid() != 0 || reason.contains("/run/sshd")
        diagnoses.append(
            isMissing
                ? unseen(
                    "its settings: 'sshd -T' fails, as it does without root or ssh.service",
                    "\(reason)"
                )
                : Diagnosis(.problem, "sshd", "'sshd -T' fails: \(reason)")
        )
        return nil
    }

    /// The `Match` lines of the configuration and the files that it includes, with their places.
    private static func matches() -> [(place: String, match: SSHMatch)] {
        var found: [(String, SSHMatch)] = []
        var files = [configuration]
        var index = 0
        while index < files.count, index < mostIncludes {
            let path = files[index]
            index += 1
            guard let text = HostFiles.text(path) else { continue }
            let read = SSHMatch.read(text)
            found += read.matches.map { ("\(path):\($0.line)", $0) }
            for pattern in read.includes {
                // sshd_config(5): relative ones are in /etc/ssh.
                let pattern = pattern.hasPrefix("/") ? pattern : "/etc/ssh/\(pattern)"
                files += HostFiles.matching(pattern).filter { !files.contains($0) }
            }
        }
        return Array(found.filter { $0.1.text.lowercased() != "all" }.prefix(mostMatches))
    }

    /// The arguments of `-C` for somebody a line is written for; nil if nobody is known.
    private static func connection(_ match: SSHMatch) -> [String]? {
        var values = ["user": "nobody", "host": "localhost", "addr": "127.0.0.1"]
        if let group = match.examples[.group] {
            guard let member = member(of: group) else { return nil }
            values["user"] = member
        }
        for (criterion, value) in match.examples {
            // What comes to -C is cut at commas and blanks.
            guard let key = criterion.key, !value.contains(where: { $0 == "," || $0 == " " }) else {
                continue
            }
            values[key] = value
        }
        return match.examples.isEmpty ? nil : values.sorted { $0 < $1 }.map { "\($0)=\($1)" }
    }

    private static func member(of group: String) -> String? {
        // SAFETY: one thread; copied before the next call.
        guard let entry = unsafe getgrnam(group) else { return nil }
        if let first = unsafe entry.pointee.gr_mem[0] { return unsafe String(cString: first) }
        let gid = unsafe entry.pointee.gr_gid
        let accounts = (try? Account.withLoginShell()) ?? []
        return accounts.first { $0.group == gid }.map { "\($0.name)" }
    }
}

/// A program that is run for what it prints.
private enum Command {
    private static let capacity = 64 * 1024
    /// In milliseconds.
    private static let patience: Int32 = 1_000

    static func run(_ arguments: [String]) -> (status: Int32, output: String, errors: String) {
        var output = [CChar](repeating: 0, count: capacity)
        var errors = [CChar](repeating: 0, count: 4096)
        let texts = unsafe arguments.map { unsafe strdup($0) }
        defer { for index in unsafe texts.indices { unsafe free(texts[index]) } }
        let list = unsafe texts.map { unsafe UnsafePointer($0) } + [nil]
        // SAFETY: both buffers are as long as is said and are terminated; so are the arguments.
        let status = unsafe totp_run(list, &output, output.count, &errors, errors.count, patience)
        return (status, CText.string(output), CText.string(errors))
    }
}
