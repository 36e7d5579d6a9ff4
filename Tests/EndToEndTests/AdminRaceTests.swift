import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// Two administrators at once, and output that goes nowhere.
@Suite struct AdminRaceTests {
    /// Runs totp-admin with a delay at one of its system calls.
    private func admin(
        _ arguments: [String],
        at site: Site,
        delaying fault: String? = nil
    ) throws -> Command {
        let trace = try TemporaryFolder()
        let wrapper = fault.map {
            ["strace", "-f", "-o", trace.file("trace").path, "-e", "inject=\($0)"]
        }
        return try Command.run(
            (wrapper ?? []) + ["totp-admin"] + arguments + ["--conf", "\(site.folder)/totp.conf"]
        )
    }

    @Test func `an enrollment that a removal comes in between is saved all the same`() throws {
        nonisolated(unsafe) let site = try Site()
        let person = try site.enroll()
        let name = person.account.name.description
        let enrolling = Background { [self] in
            try admin(
                ["enroll", name, "--name", "two", "--no-confirm", "--json"],
                at: site,
                delaying: "mkdirat:delay_exit=1000000"
            )
        }
        usleep(500_000)
        #expect(try admin(["remove", name], at: site).status == 0)
        let enrolled = try enrolling.value()
        #expect(enrolled.status == 0)
        #expect(try admin(["status", name], at: site).text.contains("two: totp"))
    }

    @Test func `a record that somebody is at is not removed`() throws {
        let site = try Site()
        let person = try site.enroll()
        let name = person.account.name.description
        let removing = try Command.run(
            ["flock", site.record(of: person), "totp-admin", "remove", name]
                + ["--conf", "\(site.folder)/totp.conf"]
        )
        #expect(removing.status == 75 && removing.text.isEmpty)
        #expect(try admin(["status", name], at: site).text.contains("app: totp"))
    }

    @Test func `removing the last authenticator spares one enrolled in between`() throws {
        nonisolated(unsafe) let site = try Site()
        let person = try site.enroll()
        let name = person.account.name.description
        let removing = Background { [self] in
            try admin(
                ["remove", name, "--name", "app"],
                at: site,
                delaying: "flock:delay_enter=1000000"
            )
        }
        usleep(500_000)
        #expect(
            try admin(["enroll", name, "--name", "two", "--no-confirm"], at: site).status == 0
        )
        #expect(try removing.value().status == 0)
        let status = try admin(["status", name], at: site)
        #expect(status.text.contains("two: totp") && !status.text.contains("app: totp"))
    }

    @Test func `removing the last authenticator ends the enrollment`() throws {
        let site = try Site()
        let person = try site.enroll()
        let name = person.account.name.description
        let removed = try admin(["remove", name, "--name", "app"], at: site)
        #expect(removed.text.hasPrefix("\(name) is no longer enrolled;"))
        #expect(!FileManager.default.fileExists(atPath: site.record(of: person)))
        #expect(try site.login(person, person.recoveryCodes[0]).code == Answer.refused)
    }

    @Test func `of two inits at once one makes a key and a store that belong together`()
        throws
    {
        for _ in 0..<Soak.rounds(3, soak: 30) {
            nonisolated(unsafe) let site = try Site()
            _ = try Command.output(
                of: "rm",
                "-r",
                "\(site.folder)/store",
                "\(site.folder)/totp.key"
            )
            let slow = Background { [self] in
                try admin(["init"], at: site, delaying: "renameat:delay_enter=300000")
            }
            usleep(150_000)
            let quick = try admin(["init"], at: site)
            let outputs = [quick.text, try slow.value().text]
            #expect(outputs.count { $0.hasPrefix("made key") } == 1)
            #expect(try admin(["list"], at: site).status == 0)
        }
    }

    @Test func `a first enrollment that was killed anywhere can be done again`() throws {
        let site = try Site()
        for call in ["mkdirat", "fchown", "fchmod", "fsync", "pwrite64", "renameat"] {
            for ordinal in 1...2 {
                let account = try Accounts.make()
                let name = account.name.description
                let killed = try admin(
                    ["enroll", name, "--no-confirm"],
                    at: site,
                    delaying: "\(call):signal=KILL:when=\(ordinal)"
                )
                if killed.status == 0 { continue }
                let again = try admin(["enroll", name, "--no-confirm"], at: site)
                #expect(again.status == 0, "\(call) \(ordinal): \(again.error)")
                let folder = "\(site.folder)/store/users/\(account.uid)"
                let modes = try Command.output(
                    of: "stat",
                    "-c",
                    "%a",
                    folder,
                    "\(folder)/enrollment",
                    "\(folder)/state"
                )
                #expect(modes == "750\n640\n660\n", "\(call) \(ordinal)")
            }
        }
    }

    @Test func `codes that could not be shown are an error`() throws {
        let site = try Site()
        let person = try site.enroll()
        let name = person.account.name.description
        for (arguments, advice) in [
            ("recovery \(name)", "the codes from before are void; run it again"),
            (
                "enroll \(name) --name new --no-confirm --json",
                "'new' is enrolled; see 'totp-admin show' and 'totp-admin recovery'"
            ),
        ] {
            let script = "totp-admin \(arguments) --conf \(site.folder)/totp.conf >/dev/full"
            let command = try Command.run(["sh", "-c", script])
            #expect(command.status == 74)
            let reason = "cannot write: No space left on device"
            #expect(command.error == "totp-admin: \(reason); \(advice)\n")
        }
    }
}
