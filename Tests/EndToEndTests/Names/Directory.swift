import Foundation
import System

/// A directory of users and groups behind /etc/passwd and /etc/group, for programs that a test
/// starts (Tests/libnss-totptest).
final class Directory {
    /// What a directory is asked for.
    enum Database: String, CaseIterable {
        case passwd
        case group
        /// Somebody's groups.
        case initgroups
    }

    /// How one does not answer.
    enum Silence: String, CaseIterable {
        case unavailable = "!unavailable"
        case busy = "!busy"
        /// Unavailable, and it leaves errno alone.
        case silent = "!silent"
    }

    private let folder: TemporaryFolder
    private var people: [String] = []
    private var groups: [String] = []

    init() throws {
        try Sandbox.enter()
        folder = try TemporaryFolder()
    }

    /// What a program is started under to have this directory.
    var wrapper: [String] { [variable] }

    /// What is in the environment of a program that has it.
    var variable: String { "TOTP_DIRECTORY=\(folder.url.path)" }

    /// Adds somebody, by default somebody new, whom it may name as they were asked for.
    @discardableResult
    func add(
        _ account: Account = Accounts.reserve(prefix: "dir-person"),
        isNamedAsAsked: Bool = false
    ) throws -> Account {
        let numbers = "\(account.uid):\(account.group)"
        let fullName = isNamedAsAsked ? "as asked" : ""
        people.append("\(account.name):x:\(numbers):\(fullName):/nonexistent:/bin/sh")
        try answer()
        return account
    }

    /// Adds a group; its own entry may say nothing of who is in it.
    func add(
        group name: String,
        _ id: GroupID,
        members: [Account],
        areListed: Bool = true
    ) throws {
        let line = "\(name):x:\(id):"
        let names = members.map { "\($0.name)" }.joined(separator: ",")
        groups.append(line + names)
        try answer()
        if !areListed { try write(groups.dropLast() + [line], to: .group) }
    }

    /// Answers whatever it is asked.
    func answer() throws {
        try write(people, to: .passwd)
        try write(groups, to: .group)
        try write(groups, to: .initgroups)
    }

    func fallSilent(_ database: Database, _ silence: Silence) throws {
        try write([silence.rawValue], to: database)
    }

    private func write(_ lines: [String], to database: Database) throws {
        try folder.write(lines.map { $0 + "\n" }.joined(), to: database.rawValue)
    }

    /// Makes it known to glibc, for whoever names a folder.
    ///
    /// Behind every other one, so that its silence is the last word.
    static func install() throws {
        let folder = "/run/totptest"
        let script = """
            mkdir \(folder)
            cp \(PAMLogin.folder)/libnss_totptest.so \(folder)/libnss_totptest.so.2
            echo \(folder) >/etc/ld.so.conf.d/totptest.conf
            ldconfig -X -i 2>/dev/null
            sed -i -E '/^(passwd|group):/s/$/ totptest/' /etc/nsswitch.conf
            """
        _ = try Command.output(of: "sh", "-e", "-c", script)
    }
}
