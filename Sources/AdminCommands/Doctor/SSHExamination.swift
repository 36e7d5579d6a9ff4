internal import Doctor
internal import Glibc
internal import System
internal import Verification

/// The ways into sshd, by its own word: `sshd -T`.
struct SSHExamination {
    private static let configuration = "/etc/ssh/sshd_config"
    private static let mostMatches = 32
    private static let mostIncludes = 64

    /// How long in milliseconds it may take to ask for one `Match` after the other.
    private static let patience: Int64 = 1_500

    private(set) var diagnoses: [Diagnosis] = []
    /// The service of the PAM stack.
    private(set) var service = "sshd"
    /// Whether every way in takes, and begins with, what PAM does not ask for, such as a key; true where
    /// that could not be found out.
    private(set) var asksForKey = true
    private(set) var asksForKeyFirst = true

    init(_ stacks: StackExamination, for account: Account?) {
        guard HostFiles.exists(StackExamination.sshd),
            account != nil || stacks.services.contains(where: { $0.name.hasPrefix("sshd") })
        else { return }
        guard let settings = settings(for: Self.connection(account)) else { return }
        service = settings.service
        asksForKey = settings.asksForKey
        asksForKeyFirst = settings.asksForKeyFirst
        func diagnose(_ settings: SSHSettings, _ whom: [String]) -> [Diagnosis] {
            let stack = stacks.service(named: settings.service)
            return SSHDiagnosis(
                whom: whom.isEmpty ? nil : whom.joined(separator: ", "),
                settings: settings,
                stackAsks: stack.asks,
                stackSplits: stack.splits
            ).all
        }
        let whom = account.map { ["for \($0.name)"] } ?? []
        diagnoses = diagnose(settings, whom)
        let end = Clock.monotonicMilliseconds() + Self.patience
        var asked = 0
        var isLate = false
        let (matches, isAll) = Self.matches()
        for (place, match) in matches {
            isLate = Clock.monotonicMilliseconds() > end
            if asked == Self.mostMatches || isLate { break }
            asked += 1
            guard let connection = Self.connection(account, match) else {
                diagnoses.append(unseen("no connection known for Match \(match.text)", place))
                continue
            }
            guard let others = self.settings(for: connection), others != settings else { continue }
            if others.service == service {
                asksForKey = asksForKey && others.asksForKey
                asksForKeyFirst = asksForKeyFirst && others.asksForKeyFirst
            }
            diagnoses += diagnose(others, whom + ["Match \(match.text)", place])
        }
        if asked < matches.count || !isAll {
            let rest = matches.dropFirst(asked).first.map { "from \($0.place) on" }
            let reason =
                isLate ? "there was no time for all Match lines" : "there are too many Match lines"
            diagnoses.append(unseen(reason, rest ?? "in other files"))
        }
    }

    private func unseen(_ text: String, _ evidence: String...) -> Diagnosis {
        Diagnosis(.unseen, "sshd", text, evidence: evidence)
    }

    /// What sshd says of a connection; nil, with a diagnosis, if it says nothing.
    private mutating func settings(for connection: [String]) -> SSHSettings? {
        let connection = connection.joined(separator: ",")
        let run = Program.run([StackExamination.sshd, "-T", "-C", connection])
        if run.status == 0, !run.isCut { return SSHSettings(parsing: run.output) }
        let lines = run.errors.split(whereSeparator: \.isNewline).map(String.init)
        diagnoses.append(run.status > 0 ? refusal(run.status, lines) : silence(lines))
        return nil
    }

    /// That sshd has not told its settings, which may be a busy machine's fault.
    private func silence(_ lines: [String]) -> Diagnosis {
        let text =
            "its settings: 'sshd -T' did not start, or not end in time, or prints more than there can be"
        return Diagnosis(.unseen, "sshd", text, evidence: lines)
    }

    /// That sshd has ended with this status, and why.
    private func refusal(_ status: Int32, _ lines: [String]) -> Diagnosis {
        let reason = lines.last ?? "exit status \(status)"
        // ssh.service makes /run/sshd, and only while it runs.
        if geteuid() != 0 || reason.contains("/run/sshd") {
            return unseen(
                "its settings: 'sshd -T' fails, as it does without root or ssh.service",
                reason
            )
        }
        return Diagnosis(
            .problem,
            "sshd",
            "'sshd -T' fails: \(reason)",
            evidence: Array(lines.dropLast()),
            remedy: "mend it until 'sshd -t' is silent: once restarted it would not come up"
        )
    }

    /// The `Match` lines of the configuration and the files that it includes, with their places.
    ///
    /// `isAll` is whether all of these files were read.
    private static func matches() -> (found: [(place: String, match: SSHMatch)], isAll: Bool) {
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
        return (found.filter { $0.1.text.lowercased() != "all" }, index == files.count)
    }

    /// The arguments of `-C` for somebody, or for one whom no `Match` line is for.
    ///
    /// sshd does without the others, but not without a port where a line asks for one.
    private static func connection(_ account: Account?) -> [String] {
        let port = ["lport=65535"]
        guard let account else { return port }
        return ["user=\(account.name)", "host=localhost", "addr=127.0.0.1"] + port
    }

    /// Those for somebody a line is written for, or for somebody who comes as it says; nil if nobody is
    /// known.
    private static func connection(_ account: Account?, _ match: SSHMatch) -> [String]? {
        if match.examples.isEmpty { return nil }
        var values = ["user": "nobody", "host": "localhost", "addr": "127.0.0.1", "lport": "65535"]
        for (criterion, value) in match.examples {
            // What comes to -C is cut at commas and blanks.
            guard let key = criterion.key else { continue }
            if value.contains(where: { $0 == "," || $0 == " " }) { return nil }
            values[key] = value
        }
        if let account {
            values["user"] = "\(account.name)"
        } else if let group = match.examples[.group] {
            // Of a line with both nobody knows whether one is in the other.
            guard match.examples[.user] == nil, let member = member(of: group) else { return nil }
            values["user"] = member
        }
        return values.sorted { $0 < $1 }.map { "\($0)=\($1)" }
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
