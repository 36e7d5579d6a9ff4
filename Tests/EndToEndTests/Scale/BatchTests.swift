import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// Many users enrolled at once: what they are given, and what becomes of lines that make no sense.
@Suite struct BatchTests {
    @Test func `everybody in the file is enrolled, and each file's code logs in`() throws {
        let batch = try Batch(of: 300)
        let command = try batch.run()
        #expect(command.status == 0, "\(command.error)")
        #expect(command.text == "300 enrolled, 0 refused\n")
        #expect(try batch.logEverybodyIn().allSatisfy { $0.code == Answer.success })
        let modes = try Command.output(of: "find", batch.output, "-printf", "%m %u\n")
        #expect(Set(modes.split(separator: "\n")) == ["700 root", "600 root"])
    }

    @Test func `users may be a file system of its own`() throws {
        let batch = try Batch(of: 3)
        let users = "\(batch.site.folder)/store/users"
        let moved = """
            cp -a $0/store $0.marker && mount -t tmpfs -o mode=750 users $0 && mv $0.marker $0/store
            """
        _ = try Command.output(of: "sh", "-c", moved, users)
        defer { _ = try? Command.output(of: "umount", users) }
        let command = try batch.run()
        #expect(command.text == "3 enrolled, 0 refused\n", "\(command.error)")
        #expect(try batch.logEverybodyIn().allSatisfy { $0.code == Answer.success })
    }

    @Test func `a file has the URI and recovery codes that work`() throws {
        let batch = try Batch(of: 1, settings: "issuer = Example Org")
        #expect(try batch.run("--name", "phone").status == 0)
        let contents = try batch.contents(for: batch.accounts[0])
        let (name, secret) = (batch.accounts[0].name, try batch.secret(for: batch.accounts[0]))
        #expect(
            contents.contains(
                "otpauth://totp/Example%20Org:\(name)?secret=\(secret)&issuer=Example%20Org&"
            )
        )
        let codes = contents.matches(of: /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/).map(\.output)
        #expect(Set(codes).count == RecoveryCode.count)
        let answers = try site(batch, codes: codes.map(String.init))
        #expect(answers.allSatisfy { $0.code == Answer.success })
    }

    private func site(_ batch: Batch, codes: [String]) throws -> [Answer] {
        try codes.map { try batch.site.login([(batch.accounts[0].name, $0)])[0] }
    }

    @Test func `with --json a file has what enroll --json prints, and --no-recovery no codes`()
        throws
    {
        let batch = try Batch(of: 1)
        #expect(try batch.run("--json", "--no-recovery").status == 0)
        let path = "\(batch.output)/\(batch.accounts[0].name).json"
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(Set(object.keys) == ["user", "name", "uri", "secret", "recovery_codes"])
        #expect((object["recovery_codes"] as? [String])?.isEmpty == true)
    }

    @Test func `columns in any order, quotes, CR LF and blank lines are read`() throws {
        let batch = try Batch(of: 2)
        let names = batch.accounts.map(\.name)
        try batch.write(
            ["8,\"\(names[0])\",\"his \"\"own\"\", old\",60,SHA256\r", "\r", ",\(names[1]),,,\r"],
            header: "\u{feff}Digits,user,name,period,algorithm\r"
        )
        let command = try batch.run()
        #expect(command.status == 0, "\(command.error)")
        let status = try Command.run(
            ["totp-admin", "list", "--json", "--conf", "\(batch.site.folder)/totp.conf"]
        )
        let list = try #require(
            try JSONSerialization.jsonObject(with: status.output) as? [[String: Any]]
        )
        let apps = list.compactMap { ($0["authenticators"] as? [[String: Any]])?.first }
        #expect(apps.map { $0["name"] as? String } == ["his \"own\", old", "app"])
        #expect(apps.map { $0["digits"] as? Int } == [8, 6])
        #expect(apps.map { $0["period"] as? Int } == [60, 30])
        #expect(apps.map { $0["algorithm"] as? String } == ["sha256", "sha1"])
    }

    @Test func `JSON lines and standard input are read`() throws {
        let batch = try Batch(of: 2)
        let file = "\(batch.site.folder)/users.jsonl"
        let line = "{\"user\": \"\(batch.accounts[0].name)\", \"digits\": 7, \"name\": \"p\"}\n"
        try Data(line.utf8).write(to: URL(fileURLWithPath: file))
        #expect(try batch.run("--batch", file).status == 0)
        #expect(try batch.contents(for: batch.accounts[0]).contains("&digits=7&"))
        let piped = try batch.run(
            "--batch",
            "-",
            input: "user\n\(batch.accounts[1].name)\n"
        )
        #expect(piped.text == "1 enrolled, 0 refused\n", "\(piped.error)")
    }

    @Test func `a line that makes no sense is refused with its number, and the rest is done`()
        throws
    {
        let batch = try Batch(of: 4)
        let names = batch.accounts.map(\.name.description)
        _ = try batch.site.enroll(as: batch.accounts[2])
        try batch.write(
            [
                "\(names[0]),", "nobody-at-all,", "\(names[1]),9", "\(names[1]),six", ",6",
                "\(names[1]),6,7", "\(names[1]),\"6", names[2] + ",", "\(names[0]),7",
                String(repeating: "x", count: 5000), "\(names[3]),8",
            ],
            header: "user,digits"
        )
        let command = try batch.run()
        #expect(command.status == 65)
        #expect(command.text == "2 enrolled, 9 refused\n")
        #expect(
            command.error == """
                totp-admin: line 3: there is no user 'nobody-at-all'
                totp-admin: line 4: digits 9 is not from 6 to 8
                totp-admin: line 5: digits 'six' is not a number
                totp-admin: line 6: there is no user
                totp-admin: line 7: it has 3 values, and there are 2 columns
                totp-admin: line 8: its quotes do not match
                totp-admin: line 9: '\(names[2])' is enrolled already
                totp-admin: line 10: this user is on an earlier line too
                totp-admin: line 11: the line is too long

                """
        )
        let files = try FileManager.default.contentsOfDirectory(atPath: batch.output)
        #expect(Set(files) == ["\(names[0]).txt", "\(names[3]).txt"])
    }

    @Test func `a line that ends early leaves out the rest`() throws {
        let batch = try Batch(of: 2)
        let names = batch.accounts.map(\.name.description)
        try batch.write([names[0], "\(names[1]),tablet"], header: "user,name,digits")
        let command = try batch.run("--digits", "8")
        #expect(command.status == 0, "\(command.error)")
        #expect(command.text == "2 enrolled, 0 refused\n")
        for (account, name) in zip(batch.accounts, ["app", "tablet"]) {
            let record = try Store(batch.site.configuration).record(of: account.uid)
            let authenticator = try #require(record?.enrollment.authenticators.first)
            #expect(authenticator.name.description == name && authenticator.parameters.digits == 8)
        }
    }

    @Test func `two values for one column are refused`() throws {
        let batch = try Batch(of: 1)
        try batch.write(["\(batch.accounts[0].name),app"], header: "user")
        let command = try batch.run()
        #expect(command.status == 65 && command.text == "0 enrolled, 1 refused\n")
        #expect(command.error == "totp-admin: line 2: it has 2 values, and there is 1 column\n")
    }

    @Test(arguments: [
        ("", "line 1: there is no header"), ("name", "line 1: there is no column 'user'"),
        ("user,phone", "line 1: unknown column 'phone'"),
        ("user,user", "line 1: column 'user' is there twice"),
    ])
    func `a header that makes no sense enrolls nobody`(header: String, says: String) throws {
        let batch = try Batch(of: 1)
        let text = header.isEmpty ? "" : "\(header)\n\(batch.accounts[0].name),\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: batch.file))
        let command = try batch.run()
        #expect(command.status == 65)
        #expect(command.error.hasPrefix("totp-admin: cannot read '\(batch.file)': \(says)"))
        #expect(command.error.split(separator: "\n").count == 1)
        #expect(!FileManager.default.fileExists(atPath: batch.output))
    }

    @Test func `a folder that others may write to, or that is a link, is not used`() throws {
        let batch = try Batch(of: 1)
        _ = try Command.output(of: "mkdir", "-m", "777", "\(batch.site.folder)/open")
        _ = try Command.output(of: "ln", "-s", "/run/tmp", "\(batch.site.folder)/link")
        let open = try batch.run("--output", "\(batch.site.folder)/open")
        #expect(open.status == 73)
        #expect(
            open.error.contains(/totp-admin: '(.*\/open)' has mode 0777, .* many; chmod 0755 '\1'/)
        )
        let link = try batch.run("--output", "\(batch.site.folder)/link")
        #expect(link.status == 73)
        #expect(link.error.contains("/link': open: Not a directory"))
    }
}
