import Foundation
import Testing

/// What totp-admin says of itself.
@Suite struct HelpTests {
    init() throws { try Sandbox.enter() }

    @Test(arguments: [
        ("enrol", "enroll"), ("lst", "list"), ("recover", "recovery"), ("doctro", "doctor"),
        ("rename_user", "rename-user"), ("import psck", "pskc"),
        ("import google", "google-authenticator"),
    ])
    func `a command that there is not is named, with the one that is near`(
        typed: String,
        near: String
    ) throws {
        let words = typed.split(separator: " ").map(String.init)
        let command = try Command.run(["totp-admin"] + words + ["alice", "--name", "x"])
        #expect(command.status == 64)
        let name = words.last ?? ""
        #expect(command.error == "totp-admin: there is no command '\(name)'; is it '\(near)'?\n")
    }

    @Test func `without one that is near there is the list of them`() throws {
        let command = try Command.run(["totp-admin", "frobnicate"])
        #expect(command.status == 64)
        #expect(
            command.error
                == "totp-admin: there is no command 'frobnicate'; see 'totp-admin --help'\n"
        )
    }

    @Test func `help is no such command`() throws {
        for arguments in [
            ["help"], ["help", "enroll"], ["--help"], ["import", "--help"], ["import"],
        ] {
            let command = try Command.run(["totp-admin"] + arguments)
            #expect(command.status == 0, "\(arguments): \(command.error)")
            #expect(command.text.contains("USAGE: totp-admin"))
        }
    }

    @Test func `every example has a line of its own, in the help and in the manual page`() throws {
        let help = try Command.output(of: "totp-admin", "--help")
        let names = help.matches(of: /\n  ([a-z][a-z-]+) {2,}[A-Z]/).map { String($0.output.1) }
        #expect(names.count > 20)
        let page = try Command.output(
            of: "mandoc",
            "-Tascii",
            "-Owidth=78",
            "\(Project.folder)/pam/man/totp-admin.8"
        ).replacing(/.\u{08}/, with: "")
        for name in names {
            let text = try Command.output(of: "totp-admin", name, "--help")
            let examples = text.matches(of: /\n  (totp-admin .*)\n/).map { String($0.output.1) }
            #expect(!examples.isEmpty, "\(name)")
            for example in examples {
                #expect(page.contains(" \(example)\n"), "\(example)")
            }
        }
    }

    @Test func `restore's key file is what the backup was sealed under`() throws {
        func keyFile(_ command: String) throws -> String {
            let text = try Command.output(of: "env", "COLUMNS=200", "totp-admin", command, "--help")
            return try #require(text.split(separator: "\n").first { $0.hasPrefix("  --key-file") })
                .description
        }
        #expect(try keyFile("backup").contains("Seal it under the 32 bytes in this file"))
        #expect(try keyFile("restore").contains("The file whose 32 bytes it was sealed under."))
    }
}
