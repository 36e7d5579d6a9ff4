import Foundation
import System
import Testing
import Verification

/// Who `totp-admin list` lists, in which order and form.
@Suite struct ListTests {
    private func list(_ arguments: String..., at site: Site) throws -> Command {
        try Command.run(
            ["totp-admin", "list", "--conf", "\(site.folder)/totp.conf"] + arguments
        )
    }

    /// The names in a table's first column.
    private func names(_ command: Command) -> [String] {
        command.text.split(separator: "\n").dropFirst().compactMap { line in
            line.split(separator: " ").first.map(String.init)
        }
    }

    @Test func `--locked lists who waits and who is stopped`() throws {
        let site = try Site(settings: "purse = 6\nfree_attempts = 2\nfirst_wait = 900")
        let people = try (0..<3).map { _ in try site.enroll() }
        for _ in 0..<2 { _ = try site.login(people[1], people[1].wrongCode) }
        for _ in 0..<6 { _ = try site.login(people[2], people[2].wrongCode) }
        let command = try list("--locked", at: site)
        #expect(names(command) == people[1...].map(\.account.name.description))
    }

    @Test func `--few-recovery-codes lists who has no more than so many`() throws {
        let site = try Site()
        let people = try (0..<3).map { _ in try site.enroll() }
        for code in people[1].recoveryCodes.prefix(7) { _ = try site.login(people[1], code) }
        for code in people[2].recoveryCodes.prefix(9) { _ = try site.login(people[2], code) }
        let all = people.map(\.account.name.description)
        #expect(names(try list("--few-recovery-codes", at: site)) == Array(all[1...]))
        #expect(names(try list("--few-recovery-codes", "1", at: site)) == [all[2]])
        #expect(
            names(try list("--few-recovery-codes", "9", "--sort", "recovery-codes", at: site))
                == [all[2], all[1]]
        )
    }

    @Test func `--last-used-before lists who has not logged in since that day began`() throws {
        let site = try Site()
        let people = try (0..<2).map { _ in try site.enroll() }
        _ = try site.login(people[0], people[0].code())
        let all = people.map(\.account.name.description)
        let today = try Command.output(of: "date", "-u", "+%F").trimmed
        let later = try Command.output(of: "date", "-u", "-d", "2 days", "+%F").trimmed
        #expect(names(try list("--last-used-before", today, at: site)) == [all[1]])
        #expect(names(try list("--last-used-before", later, at: site)) == all)
        #expect(
            names(try list("--last-used-before", later, "--sort", "last-login", at: site))
                == [all[1], all[0]]
        )
    }

    @Test(arguments: ["2026-02-30", "2026-1-1", "today", ""])
    func `a day that is none is refused`(day: String) throws {
        let site = try Site()
        let command = try list("--last-used-before", day, at: site)
        #expect(command.status == 64)
        #expect(command.error == "totp-admin: '\(day)' is not a day such as 2026-01-31\n")
    }

    @Test func `--not-enrolled lists who could log in and is not enrolled`() throws {
        let site = try Site()
        let enrolled = try site.enroll()
        let newcomer = try Accounts.make()
        let command = try list("--not-enrolled", at: site)
        let names = names(command)
        #expect(names.contains(newcomer.name.description))
        #expect(names.contains("root"))
        #expect(!names.contains(enrolled.account.name.description))
        // Without a shell.
        #expect(!names.contains("nobody") && !names.contains("daemon"))
        #expect(command.error.isEmpty)
    }

    @Test func `CSV is quoted, and no cell is a formula`() throws {
        let site = try Site()
        let person = try site.enroll(named: "=1+1, \"phone\"")
        let command = try list("--csv", at: site)
        let account = person.account
        let head = """
            user,uid,enrolled,authenticators,recovery_codes_left,last_login_at,\
            wrong_codes_since_last_login\r\n
            """
        let cell = "\"'=1+1, \"\"phone\"\"\""
        #expect(command.text == "\(head)\(account.name),\(account.uid),true,\(cell),10,,0\r\n")
    }

    @Test func `columns stand below each other, and names are sorted where asked`() throws {
        let site = try Site()
        let long = try site.enroll(as: Accounts.make(named: "a-name-as-long-as-any"))
        let short = try site.enroll(as: Accounts.make(named: "Zoe"))
        let command = try list("--sort", "user", at: site)
        #expect(
            command.text == """
                USER                   UID     AUTHENTICATORS  RECOVERY  LAST LOGIN
                Zoe                    \(short.account.uid)  app             10        never
                a-name-as-long-as-any  \(long.account.uid)  app             10        never

                """
        )
    }

    @Test func `damaged records have a line each and hide nobody`() throws {
        let site = try Site()
        let people = try (0..<4).map { _ in try site.enroll() }
        for person in people[1...2] {
            _ = try Command.output(of: "truncate", "-s", "9", "\(site.record(of: person))/state")
        }
        let command = try list(at: site)
        #expect(command.status == 65)
        #expect(names(command) == [people[0], people[3]].map(\.account.name.description))
        let damaged = people[1...2].map {
            "totp-admin: '\(site.record(of: $0))/state' is damaged; see 'totp-admin repair'"
        }
        #expect(
            command.error.split(separator: "\n").map(String.init)
                == damaged + ["totp-admin: records that could not be read: 2"]
        )
        let absent = try list("--not-enrolled", at: site)
        #expect(absent.status == 65)
        #expect(people.allSatisfy { !names(absent).contains($0.account.name.description) })
    }
}
