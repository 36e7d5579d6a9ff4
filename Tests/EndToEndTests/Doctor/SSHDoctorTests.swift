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
            "password authentication cannot succeed: the password is the only answer there is"
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

    @Test func `a configuration that sshd refuses is a problem with sshd's own words`() throws {
        let machine = try ExaminedMachine()
        try machine.sshd("NoSuchSetting yes")
        let problems = try machine.examine().problems
        #expect(problems.count == 1)
        #expect(problems[0].hasPrefix("sshd: 'sshd -T' fails: "), "\(problems)")
    }
}
