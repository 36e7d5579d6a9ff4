import Backup
import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// What `totp-admin backup` and `restore` do not take, and then change nothing.
@Suite struct `backups that are refused`: BackupSuite {
    let folder: TemporaryFolder

    init() throws { folder = try Self.makeFolder() }

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
        func type(_ lines: [String], _ arguments: [String]) throws -> (status: Int32, text: String)
        {
            try AdminSession.typingUnseen(lines, to: arguments, at: site)
        }
        let different = try type(["a long passphrase", "a long passphrasf"], ["backup", file])
        #expect(different.status == 65)
        #expect(different.text.contains("these were two different passphrases"))
        #expect(!FileManager.default.fileExists(atPath: file))
        let made = try type(["a long passphrase", "a long passphrase"], ["backup", file])
        #expect(made.status == 0 && !made.text.contains("a long"))
        try wipe(site)
        let restored = try type(["a long passphrase"], ["restore", file])
        #expect(restored.status == 0)
        #expect(restored.text.contains("\(person.account.name): restored"))
    }

    @Test func `what is no file is told`() throws {
        let site = try Site()
        _ = try Command.output(of: "ln", "-s", "passphrase", file)
        for (path, reason) in [
            (file, "'\(file)' is a symbolic link; name the file itself"),
            (site.folder, "'\(site.folder)' is not a regular file"),
            ("\(file)2", "cannot use '\(file)2': open: No such file or directory"),
        ] {
            let restored = try admin("restore", [path], at: site)
            #expect(restored.status == 66)
            #expect(restored.error == "totp-admin: \(reason)\n")
        }
    }

    @Test func `the end of the line is no part of a passphrase, whichever it is`() throws {
        let site = try Site()
        let person = try site.enroll()
        try folder.write("a passphrase of Windows\r\n", to: "passphrase")
        #expect(try admin("backup", [file], at: site).status == 0)
        try wipe(site)
        try folder.write("a passphrase of Windows", to: "passphrase")
        let restored = try admin("restore", [file], at: site)
        #expect(restored.text.contains("\(person.account.name): restored"), "\(restored.error)")
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
        #expect(
            open.error
                == "totp-admin: '\(key)' has mode 0644, open to too many; chmod 0640 '\(key)'\n"
        )
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
        #expect(try Command.output(of: "ls", "-A", users) == "\(person.account.uid)\nstore\n")
        let trace = folder.file("trace").path
        for fault in ["pwrite64:error=ENOSPC:when=3", "fsync:error=EIO", "renameat:error=EIO"] {
            let command = try Command.run([
                "strace", "-f", "-o", trace, "-e", "inject=\(fault)", "totp-admin", "backup", file,
                "--conf", "\(site.folder)/totp.conf", "--passphrase-file",
                folder.file("passphrase").path,
            ])
            #expect(command.status == 73, "\(fault): \(command.error)")
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
