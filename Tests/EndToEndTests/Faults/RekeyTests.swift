import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// `totp-admin rekey` beside logins and changes, and ended anywhere.
@Suite struct RekeyTests {
    private func rekey(_ site: Site, under wrapper: [String] = []) throws -> Command {
        try Command.run(wrapper + ["totp-admin", "rekey", "--conf", "\(site.folder)/totp.conf"])
    }

    private func key(of site: Site) throws -> String {
        try String(contentsOfFile: "\(site.folder)/totp.key", encoding: .utf8)
    }

    /// The calls of a whole change for two people, from the first on the key on: of each name the
    /// how-manieth they are in the process.
    private func calls() throws -> [(name: String, ordinals: ClosedRange<Int>)] {
        let site = try Site()
        for _ in 0..<2 { _ = try site.enroll() }
        let folder = try TemporaryFolder()
        let traced = ["strace", "-f", "-o", folder.file("trace").path]
        guard try rekey(site, under: traced).status == 0 else {
            throw Failure("no change of the key")
        }
        var before: [String: Int] = [:]
        var all: [String: Int] = [:]
        var isInside = false
        for line in folder.text(of: "trace").split(separator: "\n") {
            let call = line.drop { !$0.isLetter }
            guard let parenthesis = call.firstIndex(of: "(") else { continue }
            if call.contains("totp.key") { isInside = true }
            let name = String(call[..<parenthesis])
            all[name, default: 0] += 1
            if !isInside { before[name, default: 0] += 1 }
        }
        return all.sorted { $0.key < $1.key }.compactMap { name, count in
            let first = before[name, default: 0] + 1
            // What ends the process is no call to be killed at.
            return first > count || name == "exit_group" ? nil : (name, first...count)
        }
    }

    @Test func `killed at any system call, it denies nobody and can be done again`() throws {
        let calls = try calls()
        // Two key files and two enrollments get their names.
        #expect(calls.first { $0.name == "renameat" }?.ordinals.count == 4)
        for (name, ordinals) in calls {
            let site = try Site()
            let people = try (0..<2).map { _ in try site.enroll(.hotp()) }
            var counter: Int64 = 0
            func logIn(_ when: String) throws {
                let answers = try site.login(people.map { ($0, $0.code(at: counter)) })
                counter += 1
                #expect(answers.allSatisfy { $0.code == Answer.success }, "\(when): \(answers)")
            }
            for ordinal in ordinals {
                let fault = "inject=\(name):signal=KILL:when=\(ordinal)"
                let log = try TemporaryFolder()
                let killed = try rekey(
                    site,
                    under: ["strace", "-f", "-o", log.file("trace").path, "-e", fault]
                )
                #expect(killed.status == 128 + SIGKILL, "\(fault): \(killed.error)")
                try logIn(fault)
                let before = try key(of: site)
                let again = try rekey(site)
                #expect(again.status == 0, "\(fault): \(again.error)")
                let after = try key(of: site)
                #expect(!after.contains("previous"), "\(fault)")
                if before.contains("previous") {
                    #expect(before.hasPrefix(after), "another key was made: \(fault)")
                }
                try logIn("again after \(fault)")
            }
        }
    }

    @Test func `logins and changes go on while the key is changed again and again`() throws {
        nonisolated(unsafe) let site = try Site()
        nonisolated(unsafe) let person = try site.enroll(.hotp())
        let changes = Soak.rounds(20, soak: 200)
        let changing = Background { [self] in
            for _ in 0..<changes {
                let command = try rekey(site)
                #expect(command.status == 0, "\(command.error)")
            }
        }
        let logins = Soak.rounds(100, soak: 1000)
        for counter in 0..<Int64(logins) {
            let attempt = (person, person.code(at: counter))
            let answers = try site.login([attempt, attempt])
            #expect(answers.count { $0.code == Answer.success } == 1, "\(answers)")
            if counter.isMultiple(of: 10) { try site.change(person.account) { $0.unlock() } }
        }
        try changing.value()
        let state = try site.state(of: person)
        #expect(state.progress(of: person.authenticator.id)?.next == Int64(logins))
    }

    @Test func `an enrollment begun before a change and saved after it is good`() throws {
        let site = try Site()
        let account = try Accounts.make()
        let name = account.name.description
        let conf = "\(site.folder)/totp.conf"
        let terminal = try PseudoTerminal("totp-admin", "enroll", name, "--conf", conf)
        try terminal.waitFor("The code that the app shows: ")
        let app = try Authenticator(shownOn: terminal)
        #expect(try rekey(site).status == 0)
        try Step.wait(forSecondsLeft: 5)
        try terminal.type(app.code(stepsFromNow: -1))
        #expect(try terminal.waitForExit() == 0)
        let answers = try site.login([(account.name, app.code())])
        #expect(answers[0].code == Answer.success)
    }

    /// Both hold the lock of the new record, or wait for it, while the key is changed.
    @Test(arguments: ["flock:delay_exit=1000000", "renameat:delay_enter=1000000:when=2"])
    func `an enrollment that is being saved during a change is good`(delay: String) throws {
        nonisolated(unsafe) let site = try Site()
        let account = try Accounts.make()
        let log = try TemporaryFolder()
        let trace = log.file("trace").path
        let enrolling = Background {
            try Command.run([
                "strace", "-f", "-o", trace, "-e", "inject=\(delay)", "totp-admin", "enroll",
                account.name.description, "--no-confirm", "--json", "--conf",
                "\(site.folder)/totp.conf",
            ])
        }
        let folder = "\(site.folder)/store/users/\(account.uid)"
        while !FileManager.default.fileExists(atPath: folder) { usleep(10_000) }
        usleep(300_000)
        #expect(try rekey(site).status == 0)
        let enrolled = try enrolling.value()
        #expect(enrolled.status == 0, "\(enrolled.error)")
        let json = try JSONSerialization.jsonObject(with: enrolled.output) as? [String: Any]
        let codes = try #require(json?["recovery_codes"] as? [String])
        let answers = try site.login([(account.name, codes[0])])
        #expect(answers[0].code == Answer.success)
    }

    @Test func `a record that cannot be read is named, and the key before it kept`() throws {
        let site = try Site()
        let people = try (0..<2).map { _ in try site.enroll() }
        let damaged = "\(site.record(of: people[1]))/enrollment"
        _ = try Command.output(of: "truncate", "--size", "100", damaged)
        let command = try rekey(site)
        #expect(command.status == 65)
        #expect(command.error.contains("totp-admin: cannot read '\(damaged)': line "))
        #expect(command.error.contains("totp-admin: records that could not be sealed anew: 1;"))
        #expect(try key(of: site).contains("\nprevious "))
        #expect(try site.login(people[0], people[0].code()).code == Answer.success)
    }

    @Test func `the key keeps its owner, group and mode`() throws {
        let site = try Site()
        let file = "\(site.folder)/totp.key"
        _ = try Command.output(of: "chgrp", "totp", file)
        #expect(try rekey(site).text.hasPrefix("changed the key in '\(file)'"))
        #expect(try Command.output(of: "stat", "-c", "%U:%G %a", file) == "root:totp 640\n")
    }
}
