import Foundation
import Testing

/// The ways into sshd, as the real sshd reports them.
@Suite struct SSHDoctorTests {
    @Test func `a key alone is a problem, and the line that is named mends it`() throws {
        let machine = try ExaminedMachine()
        try machine.sshd("")
        let report = try machine.examine()
        #expect(report.status == 1)
        let text = "a key alone lets in, and nobody is asked for a code"
        let problem = try #require(report.findings("problem", "sshd").first { $0.text == text })
        #expect(problem.evidence.contains("authenticationmethods any"))
        let remedy = try #require(problem.remedy)
        #expect(
            remedy == "AuthenticationMethods publickey,keyboard-interactive:pam, in sshd_config"
        )
        try machine.sshd(
            String(remedy.prefix { $0 != " " }) + " publickey,keyboard-interactive:pam"
        )
        #expect(try machine.examine().problems.isEmpty)
    }

    @Test(arguments: [
        (
            "UsePAM no\nPasswordAuthentication yes\nAuthenticationMethods password",
            "a password alone"
        ),
        ("UsePAM no\nAuthenticationMethods keyboard-interactive", "no way in is open"),
        ("KbdInteractiveAuthentication no\nPubkeyAuthentication no", "no way in is open"),
        ("AuthenticationMethods publickey keyboard-interactive:pam", "a key alone"),
    ])
    func `each setting that goes past PAM has its line`(settings: String, problem: String) throws {
        let machine = try ExaminedMachine()
        try machine.sshd(settings)
        let problems = try machine.examine().problems
        #expect(problems.count == 1)
        #expect(problems[0].hasPrefix("sshd: \(problem)"), "\(problems)")
    }

    @Test func `passwords that PAM cannot ask a code behind are told`() throws {
        let machine = try ExaminedMachine()
        try machine.sshd("PasswordAuthentication yes\nAuthenticationMethods password")
        let warning =
            "password authentication has one answer for every question: no code can follow the password"
        let report = try machine.examine()
        #expect(report.findings("warning", "sshd").map(\.text) == [warning])
        try machine.stack(
            "sshd",
            """
            auth requisite pam_totp.so split_pass
            auth [success=1 default=ignore] pam_unix.so use_first_pass
            auth requisite pam_deny.so
            auth required pam_permit.so
            auth required pam_totp.so
            """
        )
        #expect(try machine.examine().findings("warning", "sshd").isEmpty)
    }

    @Test func `somebody who is matched by a line of a file that is included is found`() throws {
        let machine = try ExaminedMachine()
        try machine.people(["deploy", "alice"])
        let included = try machine.write(
            "10-deploy.conf",
            "Match User nobody-else,deploy\n    AuthenticationMethods publickey\n"
        )
        let group = "Match Group users\n    AuthenticationMethods publickey"
        try machine.sshd("Include \(included)\nMatch all\n\(ExaminedMachine.methods)")
        let report = try machine.examine()
        #expect(
            report.problems == [
                "sshd (Match User nobody-else,deploy, \(included):1): a key alone lets in, and nobody is asked for a code"
            ]
        )
        try machine.sshd("\(group)\nMatch all\n\(ExaminedMachine.methods)")
        let byGroup = try machine.examine().problems
        #expect(byGroup.count == 1 && byGroup[0].hasPrefix("sshd (Match Group users, /etc/ssh/"))
        // The one who is asked about, and nobody else.
        try machine.sshd("Include \(included)\nMatch all\n\(ExaminedMachine.methods)")
        let his = try machine.examine("--user", "deploy").problems
        #expect(
            his.contains("sshd (for deploy): a key alone lets in, and nobody is asked for a code")
        )
        #expect(try !machine.examine("--user", "alice").problems.contains { $0.contains("a key") })
    }

    @Test(arguments: [
        "Match Address 192.168.0.0/16,!192.168.0.0/24", "Match Address 2001:db8:*",
        "Match User alice,!a*,bob", "Match User=alice Address=10.0.0.0/8", "Match LocalPort 2222",
        "Match User *,!x* Host *.Example.ORG LocalAddress 192.0.2.7",
    ])
    func `somebody whom a line is for is found, whatever it leaves out`(line: String) throws {
        let machine = try ExaminedMachine()
        try machine.sshd(
            "\(ExaminedMachine.methods)\n\(line)\n    AuthenticationMethods publickey\nMatch all"
        )
        let report = try machine.examine()
        #expect(report.problems.count == 1 && report.problems[0].hasPrefix("sshd (Match "))
        #expect(report.findings("ok", "sshd").contains { $0.text.hasPrefix("every way in asks") })
        #expect(report.findings("unseen").isEmpty)
    }

    @Test func `one person is looked at from wherever a line says`() throws {
        let machine = try ExaminedMachine()
        try machine.people(["alice"])
        let lines =
            "Match Address 10.0.0.0/8\n    AuthenticationMethods publickey\nMatch User bob\n"
        try machine.sshd(
            "\(ExaminedMachine.methods)\n\(lines)    PubkeyAuthentication no\nMatch all"
        )
        let subjects = try machine.examine("--user", "alice").findings("problem").map(\.subject)
        #expect(
            subjects.filter { $0.hasPrefix("sshd") }
                == ["sshd (for alice, Match Address 10.0.0.0/8, /etc/ssh/sshd_config:2)"]
        )
    }

    @Test func `what is said of a code behind a key is said where each Match lets in`() throws {
        let machine = try ExaminedMachine()
        try machine.stack("sshd", "auth required pam_totp.so nullok\nauth required pam_permit.so")
        let key = "AuthenticationMethods publickey,keyboard-interactive:pam"
        try machine.sshd(key)
        #expect(try machine.examine().problems.isEmpty)
        try machine.sshd("\(key)\nMatch Address 10.0.0.0/8\n\(ExaminedMachine.methods)\nMatch all")
        #expect(
            try machine.examine().problems == [
                "sshd: who is exempt from codes gets in with nothing at all"
            ]
        )
    }

    @Test func `lines that are too many to be looked at are told of`() throws {
        let machine = try ExaminedMachine()
        let lines = (1...40).map { "Match User user\($0)\n    X11Forwarding no\n" }.joined()
        try machine.sshd("\(ExaminedMachine.methods)\n\(lines)Match all")
        let unseen = try machine.examine().findings("unseen", "sshd")
        #expect(unseen.map(\.text) == ["there are too many Match lines"])
        #expect(unseen[0].evidence[0].hasPrefix("from /etc/ssh/sshd_config:"))
    }

    @Test func `lines that there is no time for are told of`() throws {
        let machine = try ExaminedMachine()
        let lines = (1...10).map { "Match User user\($0)\n    X11Forwarding no\n" }.joined()
        try machine.sshd("\(ExaminedMachine.methods)\n\(lines)Match all")
        let real = "\(machine.site.folder)/sshd"
        _ = try Command.output(of: "cp", "/usr/sbin/sshd", real)
        try serve("/bin/sleep 0.3\nexec '\(real)' \"$@\"", on: machine)
        let unseen = try #require(try machine.examine().findings("unseen", "sshd").first)
        #expect(unseen.text == "there was no time for all Match lines")
        #expect(unseen.evidence.first?.hasPrefix("from /etc/ssh/sshd_config:") == true)
    }

    /// Puts a script in the place of sshd.
    private func serve(
        _ script: String,
        mode: String = "755",
        on machine: ExaminedMachine
    ) throws {
        let server = try machine.write("server", "#!/bin/sh\n\(script)\n")
        _ = try Command.output(of: "chmod", mode, server)
        machine.place(server, at: "/usr/sbin/sshd")
    }

    /// A busy machine's sshd is one, too: what it does not say is no problem.
    @Test(arguments: [
        "exec >&- 2>&-\n/bin/sleep 60", "echo deprecated >&2; /bin/sleep 60",
        "exec /usr/bin/yes authenticationmethods",
    ])
    func `an sshd that does not end is not waited for, and not blamed`(script: String) throws {
        let machine = try ExaminedMachine()
        try serve(script, on: machine)
        let start = ContinuousClock.now
        let report = try machine.examine()
        #expect(report.problems.isEmpty)
        let unseen = try #require(report.findings("unseen", "sshd").first)
        #expect(unseen.text.hasPrefix("its settings: 'sshd -T' did not start"))
        #expect(start.duration(to: .now) < .seconds(10))
    }

    @Test(arguments: [("755", 139), ("644", 126)])
    func `an sshd that cannot run is a problem`(mode: String, status: Int) throws {
        let machine = try ExaminedMachine()
        try serve("kill -SEGV $$", mode: mode, on: machine)
        #expect(try machine.examine().problems == ["sshd: 'sshd -T' fails: exit status \(status)"])
    }

    @Test func `a long list of those who may log in hides no setting`() throws {
        let machine = try ExaminedMachine()
        let names = (1...4_000).map { "AllowUsers user\($0)@host.example.org\n" }.joined()
        try machine.sshd(names + ExaminedMachine.methods)
        #expect(try machine.examine().problems.isEmpty)
    }

    @Test func `a configuration that sshd refuses is a problem with sshd's own words`() throws {
        let machine = try ExaminedMachine()
        try machine.sshd("NoSuchSetting yes")
        let problems = try machine.examine().problems
        #expect(problems.count == 1)
        #expect(problems[0].hasPrefix("sshd: 'sshd -T' fails: "), "\(problems)")
        // Debian's own file turns the method off, and the first word counts.
        try machine.sshd("KbdInteractiveAuthentication no\n" + ExaminedMachine.methods)
        let disabled = try #require(try machine.examine().findings("problem", "sshd").first)
        #expect(disabled.evidence.contains { $0.contains("keyboard-interactive") })
    }
}
