import Foundation
import Testing
import Verification

/// Those who log in, and what the doctor does to the machine: nothing.
@Suite struct PeopleDoctorTests {
    private func enroll(_ machine: ExaminedMachine, _ names: String...) throws {
        try machine.write("batch.csv", "user\n" + names.map { $0 + "\n" }.joined())
        let folder = machine.site.folder
        try machine.admin("enroll", "--batch", "\(folder)/batch.csv", "--output", "\(folder)/out")
    }

    private func warnings(_ machine: ExaminedMachine) throws -> [String] {
        try machine.examine().findings("warning", "people").map {
            ([$0.text] + $0.evidence).joined(separator: " | ")
        }
    }

    @Test func `who is not enrolled is named, and what nullok means for them`() throws {
        let machine = try ExaminedMachine()
        try machine.people(["alice", "bob", "carol"])
        try enroll(machine, "alice")
        let outside =
            "not enrolled, with a login shell: they do not get in where a code is asked for: 2"
        #expect(try warnings(machine) == [outside + " | bob, carol"])
        try machine.stack("sshd", ExaminedMachine.documented + " nullok")
        let lenient = "not enrolled, with a login shell: by nullok they need no code for sshd: 2"
        #expect(try warnings(machine) == [lenient + " | bob, carol"])
        try enroll(machine, "bob", "carol")
        #expect(try warnings(machine) == ["all are enrolled, and nullok is still on: sshd"])
        #expect(try machine.examine().status == 0)
    }

    @Test func `who is stopped and who runs out of recovery codes is named`() throws {
        let machine = try ExaminedMachine()
        try machine.people(["alice", "bob"])
        try enroll(machine, "alice", "bob")
        for _ in 0..<6 {
            _ = try machine.run(
                ["sh", "-c", "echo 000000 | totp-admin verify alice \"$@\"", "sh"]
                    + machine.configuration
            )
        }
        let texts = try warnings(machine)
        #expect(texts == ["waiting or stopped after wrong codes: 1 | alice"])
        try machine.admin("remove", "bob")
        try machine.write("batch.csv", "user\nbob\n")
        let folder = machine.site.folder
        try machine.admin(
            "enroll",
            "--batch",
            "\(folder)/batch.csv",
            "--output",
            "\(folder)/again",
            "--no-recovery"
        )
        #expect(try warnings(machine).contains("with few recovery codes or none: 1 | bob"))
        let hers = try machine.examine("--user", "alice").findings.filter { $0.subject == "alice" }
        #expect(
            hers.contains {
                $0.text.hasPrefix("waits until ") && $0.remedy == "totp-admin unlock alice"
            }
        )
        let his = try machine.examine("--user", "bob").findings.filter { $0.subject == "bob" }
        #expect(his.map(\.text).contains("has 0 recovery codes left"))
    }

    @Test func `accounts that cannot be listed hide nothing else`() throws {
        let machine = try ExaminedMachine()
        let directory = try Directory()
        try machine.people(["alice", "bob"])
        try enroll(machine, "alice")
        try directory.fallSilent(.passwd, .busy)
        let report = try machine.examine(before: "export \(directory.variable)")
        #expect(report.status == 0, "\(report.problems)")
        #expect(report.findings("ok", "people").map(\.text) == ["enrolled: 1"])
        let unseen = try #require(report.findings("unseen", "people").first)
        let reason = "who is not enrolled: cannot list the accounts: getpwent: "
        #expect(unseen.text.hasPrefix(reason), "\(unseen)")
        #expect(report.findings("warning", "people").isEmpty)
    }

    @Test func `one person's exemptions are told, service by service`() throws {
        let machine = try ExaminedMachine()
        try machine.people(["robot"])
        try machine.stack("sudo", ExaminedMachine.documented)
        try machine.site.configure("[sudo]\nexcept_users = robot")
        let report = try machine.examine("--user", "robot")
        let texts = report.findings("warning", "robot").map(\.text)
        #expect(texts == ["needs no code for sudo: exempt by except_users", "is not enrolled"])
        let nobody = try machine.run(
            ["totp-admin", "doctor", "--user", "no-such-user"] + machine.configuration
        )
        #expect(nobody.status == 67)
        #expect(nobody.error == "totp-admin: there is no user 'no-such-user'\n")
    }

    @Test func `a damaged record is a problem, with the person's path`() throws {
        let machine = try ExaminedMachine()
        try machine.people(["alice"])
        try enroll(machine, "alice")
        let path = "\(machine.site.folder)/store/users/300000/enrollment"
        try "damaged\n".write(toFile: path, atomically: false, encoding: .utf8)
        let report = try machine.examine()
        #expect(
            report.problems == [
                "people: records that cannot be read, whose owners do not get in: 1"
            ]
        )
        #expect(report.findings("problem", "people")[0].evidence[0].contains(path))
        #expect(
            try machine.examine("--user", "alice").problems.first?.hasPrefix(
                "alice: does not get in: "
            ) == true
        )
    }

    /// What it opens is opened for reading, and nothing is made, moved, removed or locked for long.
    @Test func `nothing is changed, whoever runs it`() throws {
        let machine = try ExaminedMachine()
        try machine.people(["alice", "bob"])
        try enroll(machine, "alice")
        let calls =
            "trace=openat,open,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat"
            + ",chmod,fchmod,fchmodat,chown,fchown,fchownat,truncate,ftruncate,pwrite64,link,linkat"
            + ",symlink,symlinkat,utimensat,setxattr,mount,ioctl,adjtimex,clock_adjtime"
        let run = try machine.run(
            [
                "strace", "-f", "-qq", "-o", "\(machine.site.folder)/trace", "-e", calls,
                "totp-admin",
            ]
                + ["doctor"] + machine.configuration
        )
        #expect(run.status == 0, "\(run.text)")
        let trace = try String(contentsOfFile: "\(machine.site.folder)/trace", encoding: .utf8)
        let lines = trace.split(separator: "\n").filter { !$0.contains("O_RDONLY") }
        let changes = lines.filter { line in
            // What only asks.
            !line.contains("/dev/null") && !line.contains("TCGETS")
                && !line.contains("adjtimex({modes=0")
                && !line.contains("FS_IOC_GETFLAGS") && !line.contains("FS_IOC_FIEMAP")
                && !line.contains("TIOCGWINSZ")
                && !line.contains("exited with") && !line.contains("--- SIG")
                && !line.contains("clock_adjtime(CLOCK_REALTIME, {modes=0")
        }
        #expect(changes.isEmpty, "\(changes)")
        #expect(trace.contains("adjtime") && trace.contains("/etc/pam.d"))
    }

    @Test func `without root it says what it could not see`() throws {
        let machine = try ExaminedMachine()
        let command = try machine.run(
            ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "totp-admin"]
                + ["doctor", "--json"] + machine.configuration,
            before: "chmod 755 '\(machine.site.folder)'"
        )
        let findings = try JSONDecoder().decode(
            [ExaminedMachine.Finding].self,
            from: Data(command.text.utf8)
        )
        #expect(command.status == 0, "\(command.text)\(command.error)")
        let unseen = findings.filter { $0.level == "unseen" }.map(\.subject)
        #expect(unseen.starts(with: ["sshd", "store"]) && unseen.last == "people", "\(findings)")
        #expect(findings.contains { $0.subject == "sshd" && $0.level == "ok" })
    }

    @Test func `people get a line each, with what proves it and what mends it`() throws {
        let machine = try ExaminedMachine()
        try machine.stack(
            "sshd",
            "auth sufficient pam_unix.so a\u{1b}[2J\nauth required pam_totp.so prompt=a\u{1b}b"
        )
        let command = try machine.run(["totp-admin", "doctor"] + machine.configuration)
        #expect(command.status == 1)
        let lines = command.text.split(separator: "\n")
        #expect(lines[0] == "problem  sshd: anybody with a password gets in without a code")
        let proof =
            #"           /etc/pam.d/sshd:1: auth sufficient pam_unix.so a\x1b[2J -> success"#
        #expect(lines[1] == proof)
        #expect(lines[2].hasPrefix("           mend: /etc/pam.d/sshd:1 ends the stack"))
        #expect(!command.text.unicodeScalars.contains { $0.value == 0x1b })
    }
}
