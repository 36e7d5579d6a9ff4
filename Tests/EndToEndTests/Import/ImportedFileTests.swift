import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// What other programs' files say, and what is refused of them.
@Suite struct ImportedFileTests {
    private static let secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        /// What is used up; nil for everything up to now, and so many steps of a window.
        var next: Int64?
        var window: Int64 = 1
        var drift: Int32 = 0
        var codes = 0
        var parameters: OTPParameters?
    }

    static let googleFiles: [Case] = [
        Case(
            testDescription: "steps in any order",
            text: "\(secret)\n\" DISALLOW_REUSE 500 502 501\n\" TOTP_AUTH\n",
            next: 503
        ),
        Case(testDescription: "none used", text: "\(secret)\n\" DISALLOW_REUSE\n", next: 0),
        Case(testDescription: "use not kept", text: "\(secret)\n\" TOTP_AUTH\n"),
        Case(
            testDescription: "use not kept, and eight steps ahead accepted",
            text: "\(secret)\n\" WINDOW_SIZE 17\n\" TOTP_AUTH\n",
            window: 8
        ),
        Case(
            testDescription: "a clock that is ahead",
            text: "\(secret)\n\" TIME_SKEW 4\n\" DISALLOW_REUSE 9\n",
            next: 10,
            drift: 4
        ),
        Case(
            testDescription: "a clock that is behind",
            text: "\(secret)\n\" TIME_SKEW -3\n\" DISALLOW_REUSE 9\n",
            next: 10,
            drift: -3
        ),
        Case(
            testDescription: "typed by hand, with CR LF",
            text: "jbsw-y3dp ehpk 3pxp jbsw y3dp ehpk 3pxp\r\n\" HOTP_COUNTER 7\r\n12345678\r\n",
            next: 7,
            codes: 1,
            parameters: try? .hotp()
        ),
        Case(
            testDescription: "codes among options, ended by another line",
            text: "\(secret)\n\" HOTP_COUNTER 1\n11111111\n\" RATE_LIMIT 3 30 1\n22222222\nx\n"
                + "33333333\n",
            next: 1,
            codes: 2,
            parameters: try? .hotp()
        ),
        Case(
            testDescription: "a fork's options",
            text: "\(secret)\n\" HOTP_COUNTER 1\n\" DIGITS 8\n\" ALGORITHM sha256\n\" NEW x\n",
            next: 1,
            parameters: try? .hotp(algorithm: .sha256, digits: 8)
        ),
    ]

    @Test(arguments: googleFiles)
    func `what google-authenticator's file says comes along`(example: Case) throws {
        let site = try Site()
        let peer = try Peer(at: site) { _ in "auth required pam_deny.so" }
        try peer.write(example.text)
        let present = Int64(Date().timeIntervalSince1970) / 30
        let done = try site.admin(
            "import",
            "google-authenticator",
            "--file",
            peer.file,
            "--user",
            peer.name
        )
        #expect(done.status == 0, "\(done.text)\(done.error)")
        let record = try #require(try peer.record())
        let progress = try #require(record.state.authenticators.first)
        if let next = example.next {
            #expect(progress.next == next)
        } else {
            // Perhaps the next step has begun.
            let expected = present + example.window + 1
            #expect((expected...expected + 1).contains(progress.next))
        }
        #expect(progress.drift == example.drift)
        #expect(record.recoveryCodesLeft == example.codes)
        let parameters = try example.parameters ?? .totp()
        #expect(record.enrollment.authenticators.first?.parameters == parameters)
    }

    static let refusedGoogleFiles: [(text: String, reason: String)] = [
        ("", "its first line is not a secret in base 32"),
        ("not!base32\n", "its first line is not a secret in base 32"),
        ("JBSWY3DP\n", "a secret of 5 bytes is not from 10 to 128"),
        ("\(secret)\n\" STEP_SIZE 1\n", "period 1 is not from 5 to 300 seconds"),
        ("\(secret)\n\" DIGITS 9\n", "digits 9 is not from 6 to 8"),
        ("\(secret)\n\" TIME_SKEW 21\n", "its clock is 21 steps off, and max_drift is 20"),
        ("\(secret)\n\" TIME_SKEW -99999999999\n", "its clock is -99999999999 steps off"),
        ("\(secret)\n\" TIME_SKEW x\n", "its TIME_SKEW is not a number"),
        ("\(secret)\n\" HOTP_COUNTER\n", "its HOTP_COUNTER is not a number"),
        ("\(secret)\n\" HOTP_COUNTER 9223372036854775807\n", "its counter or time is out of range"),
        (
            "\(secret)\n\" DISALLOW_REUSE 9223372036854775807\n",
            "its DISALLOW_REUSE is not a number"
        ),
        ("\(secret)\n\" DISALLOW_REUSE 922337203685477\n", "its DISALLOW_REUSE is in the future"),
        ("\(secret)\n\" WINDOW_SIZE x\n", "its WINDOW_SIZE is not a number"),
        ("\(secret)\n\" ALGORITHM md5\n", "algorithm is not sha1, sha256 or sha512"),
        ("\(secret)\n" + String(repeating: "12345678\n", count: 11), "it has 11 recovery codes"),
    ]

    @Test(arguments: refusedGoogleFiles.indices)
    func `what cannot be honoured in it is refused with the reason`(index: Int) throws {
        let (text, reason) = Self.refusedGoogleFiles[index]
        let site = try Site()
        let peer = try Peer(at: site) { _ in "auth required pam_deny.so" }
        try peer.write(text)
        let done = try site.admin(
            "import",
            "google-authenticator",
            "--file",
            peer.file,
            "--user",
            peer.name
        )
        #expect(done.status == 65)
        #expect(done.text.contains("refused '\(peer.name)' ('\(peer.file)'): \(reason)"))
        #expect(done.text.hasSuffix("0 imported, 1 refused\n"))
        #expect(try site.isEmpty())
    }

    /// Noon of a day since 1970, UTC, as users.oath has it: in local time.
    private func noon(_ day: Int64) throws -> String {
        let time = "@\(day * 86_400 + 43_200)"
        return try Command.output(of: "date", "-d", time, "+%Y-%m-%dT%H:%M:%SL").trimmed
    }

    @Test func `lines of users.oath are refused one by one, into a file if wanted`() throws {
        let site = try Site()
        let peer = try Peer(at: site) { _ in "auth required pam_deny.so" }
        let key = "3132333435363738393031323334353637383930"
        let secret = Array("12345678901234567890".utf8)
        let day = Int64(Date().timeIntervalSince1970) / 86_400
        // A code of the day after tomorrow, and one of no step near noon a year ago.
        let ahead = (code: Peer.code(secret, at: (day + 2) * 2880 + 1440), time: try noon(day + 2))
        let old = try noon(day - 365)
        let near = Set((-60...60).map { Peer.code(secret, at: (day - 365) * 2880 + 1440 + $0) })
        let unused = try #require((0...200).map { "\(100_000 + $0)" }.first { !near.contains($0) })
        try peer.write(
            """
            # users
            HOTP \(peer.name) 1234 \(key)
            HOTP/T30 nobody-at-all - \(key)
            OCRA \(peer.name) - \(key)
            HOTP/T30 \(peer.name) - 31x2
            HOTP/T1 \(peer.name) - \(key)
            HOTP \(peer.name) - \(key) 0 123456 yesterday
            HOTP \(peer.name)
            HOTP/E/8 \(peer.name) + \(key.uppercased()) 41
            HOTP \u{1b}[2J - \(key)
            HOTP/T30 \(peer.name) - \(key) 0 \(unused) \(old)
            HOTP/T30 \(peer.name) - \(key) 0 \(ahead.code) \(ahead.time)
            HOTP \(peer.name) - \(key) 0 123456 9999-99-99T99:99:99L

            """
        )
        let refused = "\(site.folder)/refused"
        let done = try site.admin("import", "oath", peer.file, "--refused", refused)
        #expect(done.status == 65)
        #expect(
            done.text == """
                imported '\(peer.name)' (line 9) as 'token'
                1 imported, 11 refused; the reasons are in '\(refused)'

                """
        )
        #expect(done.error.isEmpty)
        #expect(
            try String(contentsOfFile: refused, encoding: .utf8) == """
                refused '\(peer.name)' (line 2): it has a PIN, which is not asked for here
                refused 'nobody-at-all' (line 3): there is no user 'nobody-at-all'
                refused '\(peer.name)' (line 4): its type 'OCRA' is not known
                refused '\(peer.name)' (line 5): its secret is not hexadecimal
                refused '\(peer.name)' (line 6): period 1 is not from 5 to 300 seconds
                refused '\(peer.name)' (line 7): its counter, last code or time makes no sense
                refused '\(peer.name)' (line 8): it has not 4 to 7 fields
                refused '\\x1b[2J' (line 10): there is no user '\\x1b[2J'
                refused '\(peer.name)' (line 11): its last code is none of those around its time; is TZ \
                that of its host?
                refused '\(peer.name)' (line 12): its time is in the future; is TZ that of its host?
                refused '\(peer.name)' (line 13): its time is in the future; is TZ that of its host?

                """
        )
        #expect(try Command.output(of: "stat", "-c", "%a", refused) == "600\n")
        #expect(try peer.record()?.state.authenticators.first?.next == 41)
        #expect(try peer.record()?.enrollment.authenticators.first?.parameters.digits == 8)

        // It is never written over, and then nothing is imported.
        let again = try site.admin("import", "oath", peer.file, "--refused", refused)
        #expect(again.status == 73)
        #expect(again.text == "")
        #expect(again.error.contains("'\(refused)' is already there; give another name"))
    }

    @Test func `homes are read as their owners', and nothing in them is trusted or waited for`()
        throws
    {
        let site = try Site()
        let people = try ["good", "link", "fifo", "open", "other", "large", "dead"].map {
            try Person(named: "home-\($0)")
        }
        for person in people {
            let file = "/run/home/\(person.name)/.google_authenticator"
            let script =
                switch person.name {
                case "home-link": "ln -s /run/home/home-good/.google_authenticator \(file)"
                case "home-fifo": "mkfifo -m 600 \(file); chown \(person.name) \(file)"
                default:
                    """
                    printf '%s\\n" TOTP_AUTH\\n' \(Self.secret) >\(file)
                    chmod 600 \(file); chown \(person.name) \(file)
                    """
                }
            _ = try Command.output(of: "sh", "-c", script)
        }
        let spoil = """
            cd /run/home
            chmod 644 home-open/.google_authenticator
            chown home-good home-other/.google_authenticator
            chmod 644 home-other/.google_authenticator
            truncate --size=100K home-large/.google_authenticator
            """
        _ = try Command.output(of: "sh", "-c", spoil)
        // A server that takes longer than anybody waits.
        let dead = "/run/home/home-dead/.google_authenticator"
        let done = try Command.run([
            "strace", "--follow-forks", "--output=/dev/null", "--trace-path=\(dead)",
            "--inject=openat:delay_enter=8000000", "totp-admin", "import", "google-authenticator",
            "--all-homes", "--conf", "\(site.folder)/totp.conf",
        ])
        #expect(done.status == 65)
        func line(_ name: String) -> String? {
            done.text.split(separator: "\n").first { $0.contains("'home-\(name)'") }
                .map {
                    String($0).replacing(
                        "/run/home/home-\(name)/.google_authenticator",
                        with: "FILE"
                    )
                }
        }
        #expect(line("good") == "imported 'home-good' ('FILE') as 'app'")
        #expect(
            line("link")
                == "refused 'home-link' ('FILE'): 'FILE' is a symbolic link; name the file itself"
        )
        #expect(
            line("fifo") == "refused 'home-fifo' ('FILE'): 'FILE' is not a regular file"
        )
        #expect(
            line("open")
                == "refused 'home-open' ('FILE'): 'FILE' has mode 0644, open to too many; "
                + "chmod 0640 'FILE'"
        )
        #expect(
            line("other")?.hasPrefix("refused 'home-other' ('FILE'): 'FILE' is owned by")
                == true
        )
        #expect(
            line("large")
                == "refused 'home-large' ('FILE'): 'FILE' is larger than 65536 bytes"
        )
        #expect(line("dead") == "refused 'home-dead' ('FILE'): 'FILE' does not answer")
        #expect(done.text.hasSuffix("1 imported, 6 refused\n"))
    }
}
