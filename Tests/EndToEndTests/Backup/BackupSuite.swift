import Foundation
import Testing

/// Tests with a folder for a backup of their own, and a passphrase in it.
protocol BackupSuite { var folder: TemporaryFolder { get } }

extension BackupSuite {
    static func makeFolder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write("correct horse battery\n", to: "passphrase")
        return folder
    }

    var file: String { folder.file("backup").path }

    func admin(
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

    func run(_ arguments: String..., input: String = "", at site: Site) throws -> Command {
        try Command.run(
            ["totp-admin"] + arguments + ["--conf", "\(site.folder)/totp.conf"],
            input: Data(input.utf8)
        )
    }

    func wipe(_ site: Site) throws {
        _ = try Command.output(of: "rm", "-r", "\(site.folder)/store", "\(site.folder)/totp.key")
        #expect(try run("init", at: site).status == 0)
    }

    /// Names, modes and contents below a folder.
    func everything(in folder: String) throws -> String {
        try Command.output(
            of: "sh",
            "-c",
            "cd \(folder) && find . -printf '%p %m %s\\n' | sort && find . -type f -exec md5sum {} +"
        )
    }
}
