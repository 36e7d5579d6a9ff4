import Foundation
import System
import Testing

/// What an import is given to read that is no file, or has nobody's names in it.
@Suite struct InputTests {
    @Test func `standard input that cannot be read does not pass for an empty one`() throws {
        let site = try Site()
        let command = "totp-admin import uri --conf \(site.folder)/totp.conf"
        let folder = try Command.run(["sh", "-c", "\(command) </"])
        #expect(folder.status == 66)
        #expect(folder.text == "")
        #expect(folder.error == "totp-admin: cannot read '-': read: Is a directory\n")
        let endless = try Command.run(["sh", "-c", "\(command) </dev/zero"])
        #expect(endless.status == 66)
        #expect(endless.error == "totp-admin: standard input has more than 33554432 bytes\n")
    }

    @Test func `what is no file is told, with what to do`() throws {
        let site = try Site()
        _ = try Command.output(of: "ln", "-s", "totp.conf", "\(site.folder)/link")
        for (name, reason) in [
            ("nothing", "cannot read 'FILE': open: No such file or directory"),
            ("link", "'FILE' is a symbolic link; name the file itself, or '-' for standard input"),
            ("store", "'FILE' is not a regular file of at most 33554432 bytes"),
        ] {
            let file = "\(site.folder)/\(name)"
            for format in ["uri", "oath", "pskc"] {
                let done = try site.admin("import", format, file)
                #expect(done.status == 66)
                #expect(done.error == "totp-admin: \(reason.replacing("FILE", with: file))\n")
            }
        }
    }

    @Test func `a name with a NUL in it is not the one before it`() throws {
        let batch = try Batch(of: 1)
        let name = "\(batch.accounts[0].name)\0x"
        try batch.write([name])
        let enrolled = try batch.run()
        #expect(enrolled.status == 65)
        #expect(enrolled.error.hasPrefix("totp-admin: line 2: there is no user '"))
        let file = "\(batch.site.folder)/uris"
        let uri = "otpauth://totp/x?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
        try Data("\(name) \(uri)\n".utf8).write(to: URL(fileURLWithPath: file))
        let imported = try batch.site.admin("import", "uri", file)
        #expect(imported.status == 65)
        #expect(imported.text.contains("\\x00x' (line 1): there is no user"))
        #expect(try batch.site.isEmpty())
    }
}
