import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// Leaving again: what is exported logs in elsewhere, and nothing that was used here does.
@Suite struct ExportTests {
    private func export(_ arguments: String..., from site: Site, to file: String) throws -> Command
    {
        try Command.run(
            ["totp-admin", "export"] + arguments
                + ["--output", file, "--conf", "\(site.folder)/totp.conf"]
        )
    }

    @Test(arguments: ["uri", "oath"])
    func `what was exported logs in at another site`(format: String) throws {
        let (old, new) = (try Site(), try Site())
        let person = try old.enroll()
        let counting = try old.enroll(.hotp(), next: 7)
        let step = try Peer.step()
        #expect(try old.login(person, person.code(at: step)).code == Answer.success)
        let file = "\(old.folder)/exported"
        let done = try export("--all", "--format", format, "--reveal", from: old, to: file)
        #expect(done.status == 0)
        #expect(done.text == "2 exported, 0 refused\n")
        #expect(try Command.output(of: "stat", "-c", "%a %U", file) == "600 root\n")

        let imported = try new.admin("import", format, file)
        #expect(imported.status == 0, "\(imported.text)")
        #expect(try new.login(person, person.code(at: step)).code == Answer.refused)
        #expect(try new.login(counting, counting.code(at: 6)).code == Answer.refused)
        #expect(try new.login(counting, counting.code(at: 7)).code == Answer.success)
        let next = try #require(try new.state(of: person).authenticators.first?.next)
        if format == "oath" {
            #expect(next == step + 1)
            #expect(try new.login(person, person.code(at: step + 1)).code == Answer.success)
        } else {
            // Nothing in a URI says what was used: the next code beyond the window logs in.
            #expect(next >= step + 2)
        }
    }

    @Test func `pam_oath lets in with what was exported for it`() throws {
        let site = try Site()
        let person = try site.enroll()
        let step = try Peer.step()
        #expect(try site.login(person, person.code(at: step)).code == Answer.success)
        let file = "\(site.folder)/users.oath"
        let name = person.account.name.description
        #expect(
            try export(name, "--format", "oath", "--reveal", from: site, to: file).status == 0
        )
        try site.stack("peer", "auth required pam_oath.so usersfile=\(file) window=5")
        #expect(try site.login(person, person.code(at: step), service: "peer").code != 0)
        #expect(try site.login(person, person.code(at: step + 1), service: "peer").code == 0)
    }

    @Test func `what the format cannot say is refused, and the rest is written`() throws {
        let site = try Site()
        let person = try site.enroll()
        let others: [(OTPParameters, String)] = [
            (try .totp(algorithm: .sha256), "users.oath cannot say sha256"),
            (try .totp(period: 45), "users.oath cannot say a period of 45 s"),
            (try .totp(), "it is disabled, which the format cannot say"),
        ]
        let names = try others.map { try site.enroll($0.0).account.name }
        #expect(try site.admin("disable", names[2].description).status == 0)
        let file = "\(site.folder)/users.oath"
        let done = try export("--all", "--format", "oath", "--reveal", from: site, to: file)
        #expect(done.status == 65)
        #expect(
            done.text == """
                refused '\(names[0])' ('app'): \(others[0].1)
                refused '\(names[1])' ('app'): \(others[1].1)
                refused '\(names[2])' ('app'): \(others[2].1)
                1 exported, 3 refused

                """
        )
        let secret = Hexadecimal.encode(Array("test secret of user \(person.account.uid)".utf8))
        #expect(
            try String(contentsOfFile: file, encoding: .utf8)
                == "HOTP/T30/6\t\(person.account.name)\t-\t\(secret)\n"
        )
    }

    @Test(arguments: [8_500_000_000, 2_258_933_542_524_792, 400_000_000_000_000_000])
    func `a step at a time that users.oath cannot say is refused`(step: Int64) throws {
        let site = try Site()
        let name = try site.enroll(next: step).account.name
        let file = "\(site.folder)/users.oath"
        let done = try export("--all", "--format", "oath", "--reveal", from: site, to: file)
        #expect(done.status == 65)
        let reason = "users.oath cannot say how far its codes are used up"
        #expect(done.text == "refused '\(name)' ('app'): \(reason)\n0 exported, 1 refused\n")
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test func `a hyphen is standard output, and then only what is exported is on it`() throws {
        let site = try Site()
        let person = try site.enroll()
        let other = try site.enroll(.totp(period: 45)).account.name
        let folder = try TemporaryFolder()
        let line =
            "cd \(folder.url.path); totp-admin export --all --format oath --reveal --output -"
        let done = try Command.run(["sh", "-c", "\(line) --conf \(site.folder)/totp.conf"])
        #expect(done.text.hasPrefix("HOTP/T30/6\t\(person.account.name)\t-\t"))
        #expect(done.text.split(separator: "\n").count == 1)
        #expect(done.error.hasPrefix("refused '\(other)' ('app'): users.oath cannot say a period"))
        #expect(done.error.contains("\n1 exported, 1 refused\n"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test(arguments: [
        "backup -", "enroll root --no-confirm --qr-file -", "enroll --batch /dev/null --output -",
        "import uri users.csv --refused -",
    ])
    func `nothing else is written to standard output, nor to a file of that name`(
        command: String
    ) throws {
        let site = try Site()
        let folder = try TemporaryFolder()
        try folder.write("user\n", to: "users.csv")
        let line = "cd \(folder.url.path); totp-admin \(command) --conf \(site.folder)/totp.conf"
        let done = try Command.run(
            ["sh", "-c", line.replacing("--batch /dev/null", with: "--batch users.csv")]
        )
        #expect(done.status == 64)
        #expect(
            done.error
                == "totp-admin: '-' is no file, and nothing is written to standard output here\n"
        )
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(left == ["users.csv"])
    }

    @Test func `a signal while it is written leaves nothing of it`() throws {
        let site = try Site()
        let name = try site.enroll().account.name.description
        let file = "\(site.folder)/uris.txt"
        let calls = "pwrite64,fsync"
        var count = 0
        var status = 128 + SIGTERM
        while status == 128 + SIGTERM {
            #expect(!FileManager.default.fileExists(atPath: file))
            count += 1
            status = try Command.run(
                [
                    "strace", "-qq", "-o", "/dev/null", "-e", "trace=\(calls)", "-e",
                    "inject=\(calls):signal=TERM:when=\(count)", "totp-admin", "export", name,
                    "--format", "uri", "--reveal", "--output", file, "--conf",
                    "\(site.folder)/totp.conf",
                ]
            ).status
        }
        #expect(status == 0)
        #expect(count == 3)
        #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("otpauth://totp/"))
    }

    @Test func `no secret is written unasked, or over another file`() throws {
        let site = try Site()
        let name = try site.enroll().account.name.description
        let file = "\(site.folder)/file"
        let unasked = try export(name, "--format", "uri", from: site, to: file)
        #expect(unasked.status == 64)
        #expect(
            unasked.error
                == "totp-admin: this writes secrets in the clear; say --reveal if you mean it\n"
        )
        #expect(!FileManager.default.fileExists(atPath: file))
        try Data("mine".utf8).write(to: URL(fileURLWithPath: file))
        let over = try export(name, "--format", "uri", "--reveal", from: site, to: file)
        #expect(over.status == 73)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
        let nobody = try export("root", "--format", "uri", "--reveal", from: site, to: "\(file)2")
        #expect(nobody.status == 67)
        #expect(!FileManager.default.fileExists(atPath: "\(file)2"))
    }
}
