import Foundation
import OTP
import Store
import System
import Testing

/// What totp-admin says when it cannot: one line, an exit status of sysexits(3), nothing changed.
@Suite struct AdminErrorTests {
    @Test(arguments: Mistake.all)
    func `each mistake has its own line and changes nothing`(mistake: Mistake) throws {
        let site = try Site()
        let person = try site.enroll()
        func filled(_ text: String) -> String {
            text.replacing("USER", with: person.account.name.description)
                .replacing("UID", with: "\(person.account.uid)")
                .replacing("FOLDER", with: site.folder)
        }
        let spoilt = "cd \(site.folder) && \(filled(mistake.spoil))"
        _ = try Command.output(of: "sh", "-c", spoilt)
        let before = try everything(in: site.folder)

        let command = try Command.run(
            ["totp-admin"] + mistake.arguments.map(filled) + ["--conf", "\(site.folder)/totp.conf"]
        )
        #expect(command.status == mistake.status)
        let lines = command.error.split(separator: "\n")
        #expect(lines.count == 1, "\(command.error)")
        #expect(command.error.hasPrefix("totp-admin: "))
        #expect(command.error.contains(filled(mistake.says)), "\(command.error)")
        #expect(try everything(in: site.folder) == before)
    }

    @Test func `--help names every exit status that a command can have`() throws {
        try Sandbox.enter()
        let help = try Command.output(of: "totp-admin", "--help")
        for status in Set(Mistake.all.map(\.status) + [0, 1, 74, 75, 77]) {
            #expect(help.contains("\n  \(status) "), "\(status)")
        }
    }

    @Test func `a name with control characters gets no record`() throws {
        let site = try Site()
        let directory = try Directory()
        let odd = Accounts.reserve(prefix: "dir-odd")
        let name: Text = "\(odd.name)\u{1b}[2K"
        try directory.add(Account(uid: odd.uid, name: name, group: 100))
        let command = try Command.run(
            directory.wrapper + [
                "totp-admin", "enroll", "\(name)", "--no-confirm", "--conf",
                "\(site.folder)/totp.conf",
            ]
        )
        #expect(command.status == 65)
        #expect(command.text.isEmpty)
        #expect(
            command.error
                == "totp-admin: no record can be written for '\(odd.name)\\x1b[2K': "
                + "the name holds a control character\n"
        )
        let record = "\(site.configuration.store)/users/\(odd.uid)"
        #expect(!FileManager.default.fileExists(atPath: record))
    }

    @Test func `who is not root is told so`() throws {
        let site = try Site()
        for arguments in [["init"], ["list"], ["enroll", "root", "--no-confirm"]] {
            let command = try Command.run(
                ["runuser", "-u", "nobody", "--", "totp-admin"] + arguments
            )
            #expect(command.status == 77)
            #expect(command.error == "totp-admin: this must be run as root; try sudo\n")
        }
        withExtendedLifetime(site) {}
    }

    /// Names, modes and contents below a folder.
    private func everything(in folder: String) throws -> String {
        try Command.output(
            of: "sh",
            "-c",
            "cd \(folder) && find . -printf '%p %m %s\\n' | sort && find . -type f -exec md5sum {} +"
        )
    }
}
