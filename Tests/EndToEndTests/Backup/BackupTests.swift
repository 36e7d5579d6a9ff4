import Backup
import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// A store that is lost and comes back from `totp-admin backup`.
@Suite struct `backup and restore`: BackupSuite {
    let folder: TemporaryFolder

    init() throws { folder = try Self.makeFolder() }

    @Test func `after a loss no used code works again, and the next one does`() throws {
        // Short periods and no drift, so that what may be used up is over soon.
        let site = try Site(settings: "window = 0\nmax_drift = 0")
        let person = try site.enroll(.totp(period: 10))
        let name = person.account.name.description
        #expect(try admin("backup", [file], at: site).text == "people in '\(file)': 1\n")
        let mode = try Command.output(of: "stat", "-c", "%a", file)
        #expect(mode == "600\n")

        func codeThatLogsIn() throws -> String {
            let code = person.code()
            #expect(try site.login(person, code).code == Answer.success)
            return code
        }
        let code = try codeThatLogsIn()
        #expect(try site.login(person, person.recoveryCodes[0]).code == Answer.success)
        try wipe(site)
        #expect(try site.login(person, code).code == Answer.refused)

        let restored = try admin("restore", [file], at: site)
        #expect(restored.status == 0, "\(restored.error)")
        #expect(
            restored.text == """
                \(name): restored
                  'app' works again in 10 seconds
                  the recovery codes are void; see 'totp-admin recovery'

                """
        )
        let next = try #require(try site.state(of: person).authenticators.first?.next)
        for reply in [code, person.code(at: next - 1)] + person.recoveryCodes {
            #expect(try site.login(person, reply).code == Answer.refused)
        }
        while person.step < next { usleep(50_000) }
        _ = try codeThatLogsIn()
    }

    @Test func `a token that counts is restored asleep, and resync wakes it`() throws {
        let site = try Site()
        let person = try site.enroll(.hotp())
        let name = person.account.name.description
        #expect(try admin("backup", [file], at: site).status == 0)
        for counter in 0..<3 as Range<Int64> {
            #expect(try site.login(person, person.code(at: counter)).code == Answer.success)
        }
        try wipe(site)
        let restored = try admin("restore", [file], at: site)
        #expect(restored.text.contains("'app' counts, and how far it has got is not known;"))
        for counter in 0..<4 as Range<Int64> {
            #expect(try site.login(person, person.code(at: counter)).code == Answer.refused)
        }
        _ = try run("unlock", name, at: site)
        let codes = "\(person.code(at: 3))\n\(person.code(at: 4))\n"
        #expect(try run("resync", name, input: codes, at: site).status == 0)
        for counter in 0..<5 as Range<Int64> {
            #expect(try site.login(person, person.code(at: counter)).code != Answer.success)
            _ = try run("unlock", name, at: site)
        }
        #expect(try site.login(person, person.code(at: 5)).code == Answer.success)
    }

    @Test func `over a live store, what is used stays used and nothing else is lost`() throws {
        let site = try Site()
        let person = try site.enroll(.hotp())
        #expect(try admin("backup", [file], at: site).status == 0)
        #expect(try site.login(person, person.code(at: 0)).code == Answer.success)
        #expect(try site.login(person, person.recoveryCodes[0]).code == Answer.success)
        let enrollment = "\(site.record(of: person))/enrollment"
        for damage in ["true", "rm", "truncate --size 50"] {
            _ = try Command.output(of: "sh", "-c", "\(damage) \(enrollment)")
            let restored = try admin("restore", [file], at: site)
            let outcome = damage == "true" ? "nothing to restore" : "restored"
            #expect(restored.text == "\(person.account.name): \(outcome)\n", "\(damage)")
            for reply in [person.code(at: 0), person.recoveryCodes[0]] {
                #expect(try site.login(person, reply).code == Answer.refused)
            }
        }
        #expect(try site.login(person, person.recoveryCodes[1]).code == Answer.success)
        #expect(try site.login(person, person.code(at: 1)).code == Answer.success)
    }

    @Test func `a rehearsal says the same and does nothing`() throws {
        let site = try Site()
        let person = try site.enroll()
        #expect(try admin("backup", [file], at: site).status == 0)
        try wipe(site)
        let before = try everything(in: site.folder)
        let rehearsal = try admin("restore", [file, "--dry-run"], at: site)
        #expect(try everything(in: site.folder) == before)
        let restored = try admin("restore", [file], at: site)
        #expect(
            rehearsal.text.replacing(": would be restored", with: ": restored") == restored.text
        )
        #expect(rehearsal.text.contains("\(person.account.name): would be restored\n"))
    }

    @Test func `who is not the same person any more is refused, and the others are restored`()
        throws
    {
        let site = try Site()
        let gone = try site.enroll(as: Accounts.reserve(prefix: "gone"))
        let other = try site.enroll(as: Accounts.reserve(prefix: "other"))
        let same = try site.enroll()
        #expect(try admin("backup", [file], at: site).status == 0)
        try wipe(site)
        let moved = Account(uid: Accounts.reserve().uid, name: other.account.name, group: 100)
        try Accounts.add(moved)
        let restored = try admin("restore", [file], at: site)
        #expect(restored.status == 65)
        #expect(restored.text.hasPrefix("\(same.account.name): restored\n"))
        #expect(
            restored.error == """
                totp-admin: \(gone.account.name): not restored: there is no such user \
                (it was uid \(gone.account.uid))
                totp-admin: \(other.account.name): not restored: the name has uid \(moved.uid) now, \
                and had \(other.account.uid)
                totp-admin: people who were not restored: 2

                """
        )
        let list = try run("list", at: site).text
        #expect(list.contains(same.account.name.description))
        #expect(!list.contains(gone.account.name.description))
        #expect(!list.contains(other.account.name.description))
    }

    @Test func `only those named are restored`() throws {
        let site = try Site()
        let people = try (0..<3).map { _ in try site.enroll() }
        let names = people.map { $0.account.name.description }
        #expect(try admin("backup", [file], at: site).status == 0)
        try wipe(site)
        let wrong = try admin("restore", [file, "--user", names[0], "--user", "nobody"], at: site)
        #expect(wrong.status == 67)
        #expect(wrong.error == "totp-admin: 'nobody' is not in '\(file)'; nothing was restored\n")
        #expect(try run("list", at: site).text.split(separator: "\n").count == 1)
        let some = try admin("restore", [file, "--user", names[0], "--user", names[2]], at: site)
        #expect(some.status == 0)
        let list = try run("list", at: site).text
        #expect(list.contains(names[0]) && !list.contains(names[1]) && list.contains(names[2]))
    }
}
