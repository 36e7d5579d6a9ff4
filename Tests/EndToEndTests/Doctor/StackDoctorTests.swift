import Foundation
import Testing

/// Whether `totp-admin doctor` finds every way around the code, and none where there is none.
@Suite struct StackDoctorTests {
    @Test func `a machine as it is documented has no problem`() throws {
        let machine = try ExaminedMachine()
        let report = try machine.examine()
        #expect(report.problems.isEmpty)
        #expect(report.status == 0 && report.error.isEmpty)
        let good = report.findings("ok").map { "\($0.subject): \($0.text)" }
        for line in [
            "sshd: whoever gets in has given a code",
            "sshd: every way in asks PAM: keyboard-interactive",
            "store: '\(machine.site.folder)/store' opens with '\(machine.site.folder)/totp.key'",
            "people: enrolled: 0",
        ] { #expect(good.contains(line), "\(good)") }
        #expect(good.contains { $0.hasPrefix("module: '/usr/lib/") && $0.hasSuffix("' loads") })
        #expect(report.findings("unseen").isEmpty)
    }

    /// The most usual accident, after a package's update.
    @Test func `a sufficient password in front is a hole, shown line by line`() throws {
        let machine = try ExaminedMachine()
        try machine.stack("sshd", "auth sufficient pam_unix.so\nauth\trequired  pam_totp.so")
        let report = try machine.examine()
        #expect(report.status == 1)
        let hole = try #require(report.findings("problem", "sshd").first)
        #expect(hole.text == "anybody with a password gets in without a code")
        #expect(hole.evidence == ["/etc/pam.d/sshd:1: auth sufficient pam_unix.so -> success"])
        #expect(hole.remedy?.hasPrefix("/etc/pam.d/sshd:1 ends the stack") == true)
    }

    @Test(arguments: [
        (
            "auth required pam_unix.so",
            "nobody is asked for a code: no line of its stack is pam_totp's"
        ),
        (
            "auth requisite pam_unix.so\nauth optional pam_totp.so",
            "anybody with a password gets in without a code"
        ),
        (
            "auth sufficient pam_permit.so\nauth required pam_totp.so",
            "anybody gets in without a code"
        ),
        (
            "auth required pam_unix.so\nauth required pam_totp.so",
            "strangers are asked for a code and can spend the owner's attempts"
        ),
        (
            "auth requisite pam_totp.so split_pass\nauth required pam_unix.so use_first_pass",
            "nobody is asked for a code: no line of its stack is pam_totp's"
        ),
        (
            """
            auth requisite pam_totp.so split_pass
            auth [success=1 default=die] pam_unix.so use_first_pass
            auth required pam_totp.so
            auth required pam_permit.so
            """, "the code that split_pass cuts off is verified by no line"
        ),
        (
            "auth [success=1 default=die] pam_unix.so\nauth requisite pam_deny.so\n"
                + "auth required pam_totp.so nullok",
            "who is exempt from codes cannot get in: every line ignores them"
        ),
        ("auth include nowhere", "nobody gets in: no way through its lines ends well"),
        (
            "auth requisite pam_unix.so\nauth required pam_tottp.so",
            "'pam_tottp.so' at /etc/pam.d/sshd:2 is not where libpam looks for modules"
        ),
        (
            "auth sufficient pam_tottp.so\nauth required pam_unix.so",
            "nobody is asked for a code: no line of its stack is pam_totp's"
        ),
        ("@include nowhere", "nobody gets in: /etc/pam.d/sshd:1: 'nowhere' cannot be read"),
    ])
    func `each mistake in a stack has its line`(stack: String, problem: String) throws {
        let machine = try ExaminedMachine()
        try machine.stack("sshd", stack)
        let report = try machine.examine()
        #expect(report.status == 1)
        let told = report.problems.filter { $0 == "sshd: \(problem)" }
        #expect(told.count == 1, "\(report.problems)")
    }

    @Test func `what somebody has decided is no problem, and is told`() throws {
        let machine = try ExaminedMachine()
        try machine.stack("su", "auth sufficient pam_rootok.so\n" + ExaminedMachine.documented)
        let report = try machine.examine()
        #expect(report.problems.isEmpty)
        let told = report.findings("ok", "su").map(\.text)
        #expect(told.contains("by a decision written down: root need neither password nor code"))
        // Which may be nearly everybody.
        let regular = "auth sufficient pam_usertype.so isregular\n"
        try machine.stack("su", regular + ExaminedMachine.documented)
        let all = try machine.examine()
        #expect(all.problems.isEmpty)
        #expect(
            all.findings("warning", "su").map(\.text) == [
                "by a decision written down: those of whom 'pam_usertype isregular' says yes need neither password nor code"
            ]
        )
    }

    @Test func `who is exempt is let in, and by nothing only behind a key`() throws {
        let machine = try ExaminedMachine()
        try machine.site.configure("except_users = robot")
        let key = "auth required pam_totp.so\nauth required pam_permit.so"
        try machine.stack("sshd", key)
        try machine.sshd("AuthenticationMethods publickey,keyboard-interactive:pam")
        let behind = try machine.examine()
        #expect(behind.problems.isEmpty)
        #expect(
            behind.findings("ok", "sshd").map(\.text).contains(
                "whoever gets in has given a code, or is one of those who need none"
            )
        )
        try machine.sshd("AuthenticationMethods keyboard-interactive:pam,publickey")
        #expect(try machine.examine().problems.isEmpty)
        try machine.sshd(ExaminedMachine.methods)
        let nothing = "sshd: who is exempt from codes gets in with nothing at all"
        #expect(try machine.examine().problems == [nothing])
        try machine.site.configure("")
        #expect(try machine.examine().problems.isEmpty)
    }

    @Test func `a code alone, or behind a key, is told apart`() throws {
        let machine = try ExaminedMachine()
        try machine.stack("sshd", "auth required pam_totp.so")
        let alone =
            "a code is all that it asks for: strangers can guess, and spend the owner's attempts"
        #expect(try machine.examine().findings("warning", "sshd").map(\.text) == [alone])
        let key = "AuthenticationMethods publickey,keyboard-interactive:pam"
        try machine.sshd(key)
        #expect(try machine.examine().findings("warning", "sshd").isEmpty)
        // Strangers have no key, and never come to the line.
        try machine.stack("sshd", "auth required pam_unix.so\nauth required pam_totp.so")
        #expect(try machine.examine().problems.isEmpty)
        // They do where the key comes last.
        for methods in [
            ExaminedMachine.methods, "AuthenticationMethods keyboard-interactive:pam,publickey",
        ] {
            try machine.sshd(methods)
            #expect(try machine.examine().problems.count == 1)
        }
    }

    @Test func `sshd without a file of its own has that of "other"`() throws {
        let machine = try ExaminedMachine()
        try machine.stack("sudo", ExaminedMachine.documented)
        try machine.stack("other", "auth required pam_unix.so")
        machine.remove(stack: "sshd")
        let report = try machine.examine()
        #expect(
            report.problems == [
                "sshd: nobody is asked for a code: no line of its stack is pam_totp's"
            ]
        )
        let taken = "there is no /etc/pam.d/sshd: libpam takes /etc/pam.d/other"
        #expect(report.findings("warning", "sshd").map(\.text) == [taken])
    }

    /// sudo runs another service for `sudo -i`, su for `su -`.
    @Test(arguments: [("sudo", "sudo-i"), ("su", "su-l")])
    func `a login by a program that asks asks too`(service: String, login: String) throws {
        let machine = try ExaminedMachine()
        try machine.stack(service, ExaminedMachine.documented)
        #expect(try machine.examine().problems.isEmpty)
        try machine.stack(login, "auth required pam_unix.so")
        let hole = "\(login): nobody is asked for a code: no line of its stack is pam_totp's"
        #expect(try machine.examine().problems == [hole])
        #expect(try machine.examine("--service", service).problems == [hole])
        try machine.stack(login, "auth include \(service)")
        #expect(try machine.examine().problems.isEmpty)
    }

    @Test func `what is no stack is passed over at once`() throws {
        let machine = try ExaminedMachine()
        let strange = """
            cd /etc/pam.d && mkfifo fifo && mkdir folder && ln -s /dev/zero zero && ln -s no dangling \
            && truncate -s 2G large && ln -s large link
            """
        let start = ContinuousClock.now
        #expect(try machine.examine(before: strange).problems.isEmpty)
        #expect(start.duration(to: .now) < .seconds(10))
    }

    @Test func `services that ask for a code are found, others are named, and one may be named`()
        throws
    {
        let machine = try ExaminedMachine()
        try machine.stack("sudo", ExaminedMachine.documented)
        try machine.stack("common-auth", "auth required pam_totp.so")
        try machine.stack("cron", "auth required pam_unix.so")
        let all = try machine.examine()
        #expect(all.problems.isEmpty)
        #expect(all.findings("ok", "sudo").count == 1)
        let others = all.findings("ok", "services").map(\.text)
        // This machine may have more of them in /usr/lib/pam.d.
        #expect(others.count == 1 && others[0].hasPrefix("pam_totp is in none of these: cron"))
        let named = try machine.examine("--service", "cron", "--service", "sudo")
        #expect(named.status == 1)
        #expect(
            named.problems == [
                "cron: nobody is asked for a code: no line of its stack is pam_totp's"
            ]
        )
        #expect(!named.findings.contains { $0.subject == "sshd" })
        let missing = try machine.examine("--service", "nosuch")
        #expect(
            missing.problems == [
                "nosuch: nobody gets in: there is neither /etc/pam.d/nosuch nor /etc/pam.d/other"
            ]
        )
    }

    @Test func `an option that the module does not know is told, with the line`() throws {
        let machine = try ExaminedMachine()
        try machine.stack("sshd", ExaminedMachine.documented + " nulok")
        let problem =
            "sshd: pam_totp refuses everybody at /etc/pam.d/sshd:6: unknown option 'nulok'"
        #expect(try machine.examine().problems == [problem])
    }

    @Test func `a configuration that a line names is read too`() throws {
        let machine = try ExaminedMachine()
        let path = try machine.write("other.conf", "digits = 7\n")
        try machine.stack("sshd", ExaminedMachine.documented + " conf=\(path)")
        let problem = "sshd: nobody gets in: cannot read '\(path)': line 1: unknown key 'digits'"
        #expect(try machine.examine().problems == [problem])
        let away = "\(machine.site.folder)/away"
        try machine.write("other.conf", "store = \(away)\nkey_file = \(away).key\n")
        let lost = try machine.examine().problems
        #expect(lost.count == 1 && lost[0].hasPrefix("sshd: nobody gets in: "), "\(lost)")
    }
}
