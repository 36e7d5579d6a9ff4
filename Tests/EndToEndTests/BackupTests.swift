import Backup
import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// A store that is lost and comes back from `totp-admin backup`.
@Suite struct `backup and restore` {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("correct horse battery\n", to: "passphrase")
    }

    private var file: String { folder.file("backup").path }

    private func admin(
        _ command: String,
        _ arguments: [String],
        at site: Site
    ) throws -> Command {
        try Command.run(
            [
                "totp-admin", command, "--conf", "\(site.folder)/totp.conf", "--passphrase-file",
                folder.file("passphrase").path,
            ] + arguments
        )
    }

    private func run(_ arguments: String..., input: String = "", at site: Site) throws -> Command {
        try Command.run(
            ["totp-admin"] + arguments + ["--conf", "\(site.folder)/totp.conf"],
            input: Data(input.utf8)
        )
    }

    private func wipe(_ site: Site) throws {
        _ = try Command.output(of: "rm", "-r", "\(site.folder)/store", "\(site.folder)/totp.key")
        #expect(try run("init", at: site).status == 0)
    }

    /// Names, modes and contents below a folder.
    private func everything(in folder: String) throws -> String {
        try Command.output(
            of: "sh",
            "-c",
            "cd \(folder) && find . -printf '%p %m %s\\n' | sort && find . -type f -exec md5sum {} +"
        )
    }

    @Test func `after a loss no used code works again, and the next one does`() throws {
        // Short periods and no drift, so that what may be used up is over soon.
        let site = try Site(settings: "window = 0\nmax_drift = 0")
        let person = try site.enroll(.totp(period: 10))
        let name = person.account.name.description
        #expect(try admin("backup", [file], at: site).text == "people in '\(file)': 1\n")
        let mode = try Command.output(of: "stat", "-c", "%a", file)
        #expect(mode == "600\n")

        func codeThatLogsIn() throws -> String {
            let code = person.code()
            #expect(try site.login(person, code).code == Answer.success)
            return code
        }
        let code = try codeThatLogsIn()
        #expect(try site.login(person, person.recoveryCodes[0]).code == Answer.success)
        try wipe(site)
        #expect(try site.login(person, code).code == Answer.refused)

        let restored = try admin("restore", [file], at: site)
        #expect(restored.status == 0, "\(restored.error)")
        #expect(
            restored.text == """
                \(name): restored
                  'app' works again in 10 seconds
                  the recovery codes are void; see 'totp-admin recovery'

                """
        )
        let next = try #require(try site.state(of: person).authenticators.first?.next)
        for reply in [code, person.code(at: next - 1)] + person.recoveryCodes {
            #expect(try site.login(person, reply).code == Answer.refused)
        }
        while person.step < next { usleep(50_000) }
        _ = try codeThatLogsIn()
    }

    @Test func `a token that counts is restored asleep, and resync wakes it`() throws {
        let site = try Site()
        let person = try site.enroll(.hotp())
        let name = person.account.name.description
        #expect(try admin("backup", [file], at: site).status == 0)
        for counter in 0..<3 as Range<Int64> {
            #expect(try site.login(person, person.code(at: counter)).code == Answer.success)
        }
        try wipe(site)
        let restored = try admin("restore", [file], at: site)
        #expect(restored.text.contains("'app' counts, and how far it has got is not known;"))
        for counter in 0..<4 as Range<Int64> {
            #expect(try site.login(person, person.code(at: counter)).code == Answer.refused)
        }
        _ = try run("unlock", name, at: site)
        let codes = "\(person.code(at: 3))\n\(person.code(at: 4))\n"
        #expect(try run("resync", name, input: codes, at: site).status == 0)
        for counter in 0..<5 as Range<Int64> {
            #expect(try site.login(person, person.code(at: counter)).code != Answer.success)
            _ = try run("unlock", name, at: site)
        }
        #expect(try site.login(person, person.code(at: 5)).code == Answer.success)
    }

    @Test func `over a live store, what is used stays used and nothing else is lost`() throws {
        let site = try Site()
        let person = try site.enroll(.hotp())
        #expect(try admin("backup", [file], at: site).status == 0)
        #expect(try site.login(person, person.code(at: 0)).code == Answer.success)
        #expect(try site.login(person, person.recoveryCodes[0]).code == Answer.success)
        let enrollment = "\(site.record(of: person))/enrollment"
        for damage in ["true", "rm", "truncate --size 50"] {
            _ = try Command.output(of: "sh", "-c", "\(damage) \(enrollment)")
            let restored = try admin("restore", [file], at: site)
            let outcome = damage == "true" ? "nothing to restore" : "restored"
            #expect(restored.text == "\(person.account.name): \(outcome)\n", "\(damage)")
            for reply in [person.code(at: 0), person.recoveryCodes[0]] {
                #expect(try site.login(person, reply).code == Answer.refused)
            }
        }
        #expect(try site.login(person, person.recoveryCodes[1]).code == Answer.success)
        #expect(try site.login(person, person.code(at: 1)).code == Answer.success)
    }

    @Test func `a rehearsal says the same and does nothing`() throws {
        let site = try Site()
        let person = try site.enroll()
        #expect(try admin("backup", [file], at: site).status == 0)
        try wipe(site)
        let before = try everything(in: site.folder)
        let rehearsal = try admin("restore", [file, "--dry-run"], at: site)
        #expect(try everything(in: site.folder) == before)
        let restored = try admin("restore", [file], at: site)
        #expect(
            rehearsal.text.replacing(": would be restored", with: ": restored") == restored.text
        )
        #expect(rehearsal.text.contains("\(person.account.name): would be restored\n"))
    }

    @Test func `who is not the same person any more is refused, and the others are restored`()
        throws
    {
        let site = try Site()
        let gone = try site.enroll(as: Accounts.reserve(prefix: "gone"))
        let other = try site.enroll(as: Accounts.reserve(prefix: "other"))
        let same = try site.enroll()
        #expect(try admin("backup", [file], at: site).status == 0)
        try wipe(site)
        let moved = Account(uid: Accounts.reserve().uid, name: other.account.name, group: 100)
        try Accounts.add(moved)
        let restored = try admin("restore", [file], at: site)
        #expect(restored.status == 65)
        #expect(restored.text.hasPrefix("\(same.account.name): restored\n"))
        #expect(
            restored.error == """
                totp-admin: \(gone.account.name): not restored: there is no such user \
                (it was uid \(gone.account.uid))
                totp-admin: \(other.account.name): not restored: the name has uid \(moved.uid) now, \
                and had \(other.account.uid)
                totp-admin: people who were not restored: 2

                """
        )
        let list = try run("list", at: site).text
        #expect(list.contains(same.account.name.description))
        #expect(!list.contains(gone.account.name.description))
        #expect(!list.contains(other.account.name.description))
    }

    @Test func `only those named are restored`() throws {
        let site = try Site()
        let people = try (0..<3).map { _ in try site.enroll() }
        let names = people.map { $0.account.name.description }
        #expect(try admin("backup", [file], at: site).status == 0)
        try wipe(site)
        let wrong = try admin("restore", [file, "--user", names[0], "--user", "nobody"], at: site)
        #expect(wrong.status == 67)
        #expect(wrong.error == "totp-admin: 'nobody' is not in '\(file)'; nothing was restored\n")
        #expect(try run("list", at: site).text.split(separator: "\n").count == 1)
        let some = try admin("restore", [file, "--user", names[0], "--user", names[2]], at: site)
        #expect(some.status == 0)
        let list = try run("list", at: site).text
        #expect(list.contains(names[0]) && !list.contains(names[1]) && list.contains(names[2]))
    }

    @Test func `a wrong passphrase and a damaged file change nothing`() throws {
        let site = try Site()
        for _ in 0..<2 { _ = try site.enroll() }
        #expect(try admin("backup", [file], at: site).status == 0)
        try wipe(site)
        let before = try everything(in: site.folder)
        func expectRefusal(_ says: String, status: Int32 = 65) throws {
            let restored = try admin("restore", [file], at: site)
            #expect(restored.status == status)
            #expect(restored.text.isEmpty)
            #expect(restored.error.hasPrefix("totp-admin: \(says)"), "\(restored.error)")
            #expect(restored.error.split(separator: "\n").count == 1)
            #expect(try everything(in: site.folder) == before)
        }
        let whole = try Data(contentsOf: folder.file("backup"))
        try whole.dropLast(30).write(to: folder.file("backup"))
        try expectRefusal("'\(file)' is damaged or cut short at byte ")
        try Data("nonsense".utf8).write(to: folder.file("backup"))
        try expectRefusal("'\(file)' is not a backup of a version known here")
        try whole.write(to: folder.file("backup"))
        try folder.write("another passphrase\n", to: "passphrase")
        try expectRefusal("cannot open '\(file)': the passphrase or key is not the right one")
    }

    @Test func `a passphrase is typed twice, unseen, and opens the backup`() throws {
        let site = try Site()
        let person = try site.enroll()
        let conf = ["--conf", "\(site.folder)/totp.conf"]
        func type(_ lines: [String], _ arguments: [String]) throws -> (status: Int32, text: String)
        {
            let terminal = try PseudoTerminal(arguments: ["totp-admin"] + arguments + conf)
            for line in lines {
                try terminal.waitFor(": ")
                try terminal.waitUntilHidden()
                try terminal.type(line)
            }
            let status = try terminal.waitForExit()
            return (status, terminal.text)
        }
        let different = try type(["a long passphrase", "a long passphrasf"], ["backup", file])
        #expect(different.status == 65)
        #expect(different.text.contains("these were two different passphrases"))
        let short = try type(["short"], ["backup", file])
        #expect(short.status == 65 && short.text.contains("the passphrase is too short"))
        #expect(!FileManager.default.fileExists(atPath: file))
        let made = try type(["a long passphrase", "a long passphrase"], ["backup", file])
        #expect(made.status == 0 && !made.text.contains("a long"))
        try wipe(site)
        let restored = try type(["a long passphrase"], ["restore", file])
        #expect(restored.status == 0)
        #expect(restored.text.contains("\(person.account.name): restored"))
    }

    @Test func `a key file takes the place of a passphrase`() throws {
        let site = try Site()
        _ = try site.enroll()
        let key = folder.file("key").path
        try Data(0..<32).write(to: folder.file("key"))
        chmod(key, 0o600)
        #expect(try run("backup", file, "--key-file", key, at: site).status == 0)
        try wipe(site)
        #expect(try run("restore", file, "--key-file", key, at: site).status == 0)
        let wrong = try admin("restore", [file], at: site)
        #expect(wrong.status == 64)
        #expect(wrong.error.contains("is sealed under a key file; see --key-file"))
        chmod(key, 0o644)
        let open = try run("restore", file, "--key-file", key, at: site)
        #expect(open.error == "totp-admin: cannot use '\(key)' has mode 0644, open to too many\n")
    }

    @Test func `nothing is restored while the clock is behind the backup`() throws {
        let site = try Site()
        let person = try site.enroll()
        let record = try #require(try Store(site.configuration).record(of: person.account.uid))
        let key = [UInt8](0..<32)
        try Data(key).write(to: folder.file("key"))
        chmod(folder.file("key").path, 0o600)
        try BackupWriter.write(
            Text(file.utf8),
            under: BackupSecret(key: SecretBytes(key)),
            at: Clock.now() + 3600
        ) { (writer) throws(BackupError) in
            try writer.add(SavedRecord(enrollment: record.enrollment, state: record.state))
        }
        try wipe(site)
        let restored = try run("restore", file, "--key-file", folder.file("key").path, at: site)
        #expect(restored.status == 69 && restored.text.isEmpty)
        #expect(restored.error.hasPrefix("totp-admin: the clock is behind the time at which "))
        #expect(try Store(site.configuration).uids().isEmpty)
    }

    @Test func `a backup that cannot be written leaves nothing`() throws {
        let site = try Site()
        let person = try site.enroll()
        let users = "\(site.folder)/store/users"
        for place in ["store/backup", "store/users/backup", "store/users/../backup"] {
            let inside = try admin("backup", ["\(site.folder)/\(place)"], at: site)
            #expect(inside.status == 64 && inside.error.contains("is in the store;"), "\(place)")
        }
        #expect(try Command.output(of: "ls", "-A", users) == "\(person.account.uid)\n")
        let trace = folder.file("trace").path
        for fault in ["pwrite64:error=ENOSPC:when=3", "fsync:error=EIO", "renameat:error=EIO"] {
            let command = try Command.run([
                "strace", "-f", "-o", trace, "-e", "inject=\(fault)", "totp-admin", "backup", file,
                "--conf", "\(site.folder)/totp.conf", "--passphrase-file",
                folder.file("passphrase").path,
            ])
            #expect(command.status == 74, "\(fault): \(command.error)")
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
            #expect(Set(left) == ["passphrase", "trace"], "\(fault)")
        }
    }

    @Test func `a damaged record is named and keeps nobody else out`() throws {
        let site = try Site()
        let people = try (0..<2).map { _ in try site.enroll() }
        let state = "\(site.record(of: people[0]))/state"
        _ = try Command.output(of: "truncate", "--size", "0", state)
        let command = try admin("backup", [file], at: site)
        #expect(command.status == 65)
        #expect(command.text == "people in '\(file)': 1\n")
        #expect(command.error.contains("totp-admin: '\(state)' is damaged;"))
        #expect(command.error.contains("records that are not in the backup"))
        try wipe(site)
        let restored = try admin("restore", [file], at: site)
        #expect(restored.text.hasPrefix("\(people[1].account.name): restored\n"))
    }
}
