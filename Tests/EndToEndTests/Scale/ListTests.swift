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

    @Test func `--locked lists who waits and who is stopped, and until when`() throws {
        for (settings, wrongCodes) in [
            ("free_attempts = 2\nfirst_wait = 900", 2), ("free_attempts = 10\npurse = 6", 6),
        ] {
            let site = try Site(settings: settings)
            let people = try (0..<2).map { _ in try site.enroll() }
            for _ in 0..<wrongCodes { _ = try site.login(people[1], people[1].wrongCode) }
            let command = try list("--locked", at: site)
            #expect(names(command) == [people[1].account.name.description])
            let time = /20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ/
            let line = try #require(command.text.split(separator: "\n").last)
            let values = try list("--locked", "--csv", at: site).text.split(separator: "\r\n")
            #expect(values[0].hasSuffix(",state,waiting_until"))
            if wrongCodes == 2 {
                #expect(line.contains("never       waiting until 20") && line.contains(time))
                #expect(values[1].contains(",waiting,20"))
            } else {
                #expect(line.hasSuffix("never       stopped") && values[1].hasSuffix(",stopped,"))
            }
        }
    }

    @Test func `who has no authenticator that works is disabled, and the others are ok`() throws {
        let site = try Site()
        let people = try (0..<2).map { _ in try site.enroll() }
        #expect(try site.admin("disable", people[0].account.name.description).status == 0)
        let lines = try list(at: site).text.split(separator: "\n")
        #expect(lines[1].hasSuffix("never       disabled") && lines[2].hasSuffix("never       ok"))
        let values = try list("--csv", at: site).text.split(separator: "\r\n")
        #expect(values[1].hasSuffix(",disabled,") && values[2].hasSuffix(",ok,"))
        let absent = try list("--not-enrolled", "--csv", at: site).text.split(separator: "\r\n")
        #expect(absent[1].hasSuffix(",0,,"))
    }

    @Test func `who has only an authenticator that the state does not know is inactive`() throws {
        let site = try Site()
        let person = try site.enroll()
        let name = person.account.name.description
        let enrollment = "\(site.record(of: person))/enrollment"
        _ = try Command.output(of: "cp", enrollment, "\(site.folder)/old")
        #expect(try site.admin("remove", name).status == 0)
        #expect(try site.admin("enroll", name, "--no-confirm").status == 0)
        _ = try Command.output(of: "cp", "\(site.folder)/old", enrollment)
        let command = try list(at: site)
        #expect(command.status == 0 && command.text.hasSuffix("never       inactive\n"))
    }

    @Test func `signs of two columns count as two`() throws {
        let site = try Site()
        _ = try site.enroll(named: "携帯電話")
        _ = try site.enroll(named: "phone e\u{301}")
        let lines = try list(at: site).text.split(separator: "\n")
        let start = try #require(lines[0].firstRange(of: "RECOVERY")).lowerBound
        let column = lines[0].distance(from: lines[0].startIndex, to: start)
        // Four signs, each a column wider than a letter; and one letter of two scalars.
        let wide = try #require(lines[1].firstRange(of: "10      ")).lowerBound
        #expect(lines[1].distance(from: lines[1].startIndex, to: wide) == column - 4)
        let accented = try #require(lines[2].firstRange(of: "10      ")).lowerBound
        #expect(lines[2].distance(from: lines[2].startIndex, to: accented) == column)
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
        let other = try site.enroll(named: "x;=1+1")
        let command = try list("--csv", at: site)
        let account = person.account
        let head = """
            user,uid,enrolled,authenticators,recovery_codes_left,last_login_at,\
            wrong_codes_since_last_login,state,waiting_until\r\n
            """
        let cell = "\"'=1+1, \"\"phone\"\"\""
        let rest = ",10,,0,ok,\r\n"
        let row = "\(account.name),\(account.uid),true,\(cell)\(rest)"
        let next = "\(other.account.name),\(other.account.uid),true,\"x;=1+1\"\(rest)"
        #expect(command.text == head + row + next)
    }

    @Test func `columns stand below each other, and names are sorted where asked`() throws {
        let site = try Site()
        let long = try site.enroll(as: Accounts.make(named: "a-name-as-long-as-any"))
        let short = try site.enroll(as: Accounts.make(named: "Zoe"))
        let command = try list("--sort", "user", at: site)
        #expect(
            command.text == """
                USER                   UID     AUTHENTICATORS  RECOVERY  LAST LOGIN  STATE
                Zoe                    \(short.account.uid)  app             10        never       ok
                a-name-as-long-as-any  \(long.account.uid)  app             10        never       ok

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
