import Foundation
import Testing

/// The passphrase of a backup, as somebody at a terminal is asked for it.
@Suite struct `a passphrase at the terminal`: BackupSuite {
    let folder: TemporaryFolder
    private static let question = "Passphrase for the backup (12 bytes or more): "

    init() throws { folder = try Self.makeFolder() }

    /// A shell in which a command asks for a passphrase.
    private func shell(_ command: String, at site: Site) throws -> PseudoTerminal {
        let terminal = try PseudoTerminal("bash", "--norc", "-i")
        try terminal.type("totp-admin \(command) --conf \(site.folder)/totp.conf")
        try terminal.waitFor("Passphrase ")
        try terminal.waitUntilHidden()
        return terminal
    }

    /// Has the shell say how the command ended, and whether what is typed is shown.
    private func expectShown(after status: Int, _ terminal: PseudoTerminal) throws {
        try terminal.type("echo status $?; stty -a | grep -o -- '-\\?\\<echo\\>'")
        try terminal.waitFor("status \(status)\r\necho\r\n")
    }

    @Test(arguments: [("\u{03}", 130), ("\u{1c}", 131)])
    func `the keys that interrupt and quit end it, and what is typed is shown again`(
        key: String,
        status: Int
    ) throws {
        let site = try Site()
        for command in ["backup", "restore"] {
            if command == "restore" {
                #expect(try admin("backup", [file], at: site).status == 0)
            }
            let terminal = try shell("\(command) \(file)", at: site)
            try terminal.press("half of it" + key)
            try terminal.waitFor("\r\n")
            try expectShown(after: status, terminal)
            #expect(!terminal.text.contains("half"))
            #expect(FileManager.default.fileExists(atPath: file) == (command == "restore"))
        }
    }

    @Test func `Ctrl-Z stops it, and it asks again when it goes on`() throws {
        let site = try Site()
        let terminal = try shell("backup \(file)", at: site)
        try terminal.press("half of it\u{1a}")
        try terminal.waitFor("Stopped")
        try expectShown(after: 148, terminal)
        try terminal.type("fg")
        for question in [Self.question, "The same once more: "] {
            try terminal.waitFor(question)
            try terminal.waitUntilHidden()
            try terminal.type("a long passphrase")
        }
        try terminal.waitFor("people in '\(file)': 0")
        #expect(!terminal.text.contains("a long passphrase"))
    }

    @Test func `a passphrase that is too short is asked for again, twice at most`() throws {
        let site = try Site()
        func type(_ lines: String...) throws -> (status: Int32, text: String) {
            try AdminSession.typingUnseen(lines, to: ["backup", file], at: site)
        }
        let given = try type("short", "eleven byte", "")
        #expect(given.status == 65)
        #expect(
            given.text.hasSuffix(
                "totp-admin: the passphrase is too short; it has at least 12 bytes\r\n"
            )
        )
        #expect(given.text.components(separatedBy: Self.question).count == 4)
        #expect(!FileManager.default.fileExists(atPath: file))
        #expect(try type("short", "twelve bytes", "twelve bytes").status == 0)
    }

    @Test func `nobody is asked for what cannot help`() throws {
        let site = try Site()
        let key = folder.file("key").path
        try Data(0..<32).write(to: folder.file("key"))
        chmod(key, 0o600)
        let sealed = folder.file("sealed").path
        #expect(try run("backup", sealed, "--key-file", key, at: site).status == 0)
        for (arguments, says) in [
            (["backup", sealed], "'\(sealed)' is there already; name another file"),
            (["backup", "\(folder.url.path)/none/b"], "No such file or directory"),
            (["restore", file], "cannot use '\(file)': open: No such file or directory"),
            (
                ["restore", folder.file("passphrase").path],
                "is not a backup of a version known here"
            ),
            (["restore", sealed], "'\(sealed)' is sealed under a key file; see --key-file"),
        ] {
            let session = try AdminSession(arguments, at: site)
            #expect(session.status != 0)
            #expect(session.text.contains(says), "\(session.text)")
            #expect(!session.text.contains("Passphrase "), "\(session.text)")
        }
    }

    @Test func `without an end of the line there is no passphrase`() throws {
        let site = try Site()
        let terminal = try AdminSession.start(["backup", file], at: site)
        try terminal.waitFor(Self.question)
        try terminal.waitUntilHidden()
        try terminal.press("\u{04}")
        #expect(try terminal.waitForExit() == 65)
        #expect(terminal.text.contains("no passphrase was given"))
    }
}
