import Foundation
import System
import Testing

/// The other commands, each as a person at a terminal sees it.
@Suite struct `commands at a terminal` {
    @Test func `init says what it made, and then that it was there`() throws {
        let site = try Site()
        _ = try Command.output(of: "rm", "-r", "\(site.folder)/store", "\(site.folder)/totp.key")
        let names = "key '\(site.folder)/totp.key' and store '\(site.folder)/store'"
        let made = try AdminSession(["init"], at: site)
        #expect(made.status == 0 && made.text == "made \(names)\n")
        let again = try AdminSession(["init"], at: site)
        #expect(again.status == 0 && again.text == "left \(names) as they are\n")
    }

    @Test func `status says how long there is to wait, and unlock ends that`() throws {
        let site = try Site()
        let person = try site.enroll()
        let before = try AdminSession(["status", person.name], at: site)
        #expect(before.status == 0)
        #expect(before.text.hasPrefix("\(person.name) (uid \(person.account.uid)) is enrolled\n"))
        #expect(before.text.contains("\n    app: totp, sha1, 6 digits, every 30 s, never used\n"))
        #expect(before.text.contains("\n  recovery codes left: 10\n"))
        #expect(before.text.hasSuffix("\n  wrong codes since: 0\n"))

        for _ in 0..<5 { _ = try site.login(person, person.wrongCode) }
        let waiting = try AdminSession(["status", person.name], at: site)
        let line = try #require(
            waiting.text.firstMatch(
                of: /\n  waiting until (\S+), or totp-admin unlock (\S+)\n$/
            )
        )
        let end = try Date(String(line.1), strategy: .iso8601)
        #expect((0...30).contains(end.timeIntervalSinceNow.rounded(.down)))
        #expect(line.2 == person.name)

        let unlocked = try AdminSession(["unlock", person.name], at: site)
        #expect(unlocked.status == 0 && unlocked.text == "\(person.name) may try again\n")
        let after = try AdminSession(["status", person.name], at: site)
        #expect(after.text.hasSuffix("\n  wrong codes since: 5\n"))
        #expect(try site.login(person, person.code()).code == Answer.success)
    }

    @Test func `status says who is stopped, and list does as --json`() throws {
        let site = try Site(settings: "purse = 5\nfirst_wait = 1")
        let person = try site.enroll()
        for _ in 0..<5 { _ = try site.login(person, person.wrongCode) }
        let stopped = try AdminSession(["status", person.name], at: site)
        #expect(stopped.text.hasSuffix("\n  stopped: totp-admin unlock \(person.name)\n"))
        let list = try AdminSession(["list", "--json"], at: site)
        #expect(list.text.contains("\"stopped\" : true"))
        _ = try AdminSession(["unlock", person.name], at: site)
        #expect(
            try AdminSession(["list", "--json"], at: site).text.contains("\"stopped\" : false")
        )
    }

    @Test func `list has a line for everybody`() throws {
        let site = try Site()
        let people = try (0..<2).map { _ in try site.enroll() }
        let list = try AdminSession(["list"], at: site)
        #expect(list.status == 0)
        let lines = list.text.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(lines.dropFirst().map { String($0[0]) } == people.map(\.name))
        #expect(lines.dropFirst().allSatisfy { $0[2] == "app" && $0[3] == "10" })
    }

    @Test func `recovery shows ten new codes, and the old ones are dead`() throws {
        let site = try Site()
        let person = try site.enroll()
        let session = try AdminSession(["recovery", person.name], at: site)
        #expect(session.status == 0)
        #expect(Set(session.recoveryCodes).count == 10)
        #expect(session.text.contains("Each works once."))
        #expect(try site.login(person, person.recoveryCodes[0]).code == Answer.refused)
        #expect(try site.login(person, session.recoveryCodes[9]).code == Answer.success)
    }

    @Test func `resync asks for two codes in a row`() throws {
        let site = try Site()
        let person = try site.enroll()
        let session = try AdminSession(
            ["resync", person.name],
            at: site,
            answers: [("A code: ", person.code(9)), ("The next one: ", person.code(10))]
        )
        #expect(session.status == 0)
        #expect(session.text.hasSuffix("'app' is in step again (10 steps off)\n"))
        let wrong = try AdminSession(
            ["resync", person.name],
            at: site,
            answers: [("A code: ", person.code(13)), ("The next one: ", person.code(12))]
        )
        #expect(wrong.status == 65)
        #expect(wrong.text.contains("these are not two codes in a row of 'app'"))
    }

    @Test func `verify asks for the code, and says what a login would`() throws {
        let site = try Site()
        let person = try site.enroll()
        let code = [(question: "Code: ", line: person.code())]
        let accepted = try AdminSession(["verify", person.name], at: site, answers: code)
        #expect(accepted.status == 0 && accepted.text.hasSuffix("\naccepted: app\n"))
        let refused = try AdminSession(["verify", person.name], at: site, answers: code)
        #expect(refused.status == 1 && refused.text.hasSuffix("\nrefused: code already used\n"))
    }

    @Test func `repair says what was lost, or that nothing was`() throws {
        let site = try Site()
        let person = try site.enroll()
        let whole = try AdminSession(["repair", person.name], at: site)
        #expect(whole.text == "the state of \(person.name) is whole; nothing was changed\n")
        _ = try Command.output(of: "rm", "\(site.record(of: person))/state")
        let rebuilt = try AdminSession(["repair", person.name], at: site)
        #expect(rebuilt.status == 0)
        #expect(
            rebuilt.text == """
                rebuilt the state of \(person.name):
                  'app' works again in 660 seconds
                  which recovery codes are used is lost: make new ones with 'recovery'
                  how many wrong codes there were is lost
                  what was disabled is lost: disable it again

                """
        )
    }
}
