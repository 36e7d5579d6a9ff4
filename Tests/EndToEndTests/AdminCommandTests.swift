import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// totp-admin beside logins: what it changes and what it says, as a script sees it.
@Suite struct AdminCommandTests {
    private func admin(
        _ arguments: [String],
        input: String = "",
        at site: Site
    ) throws -> Command {
        try Command.run(
            ["totp-admin"] + arguments + ["--conf", "\(site.folder)/totp.conf"],
            input: Data(input.utf8)
        )
    }

    private func json(_ command: Command) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: command.output)
        return try #require(value as? [String: Any])
    }

    @Test func `enroll prints what a script needs, and an app's code then logs in`() throws {
        let site = try Site(settings: "issuer = Example Org")
        let account = try Accounts.make()
        let name = account.name.description
        let command = try admin(["enroll", name, "--no-confirm", "--json"], at: site)
        #expect(command.status == 0)
        let printed = try json(command)
        #expect(Set(printed.keys) == ["user", "name", "uri", "secret", "recovery_codes"])
        #expect(printed["user"] as? String == name)
        #expect((printed["recovery_codes"] as? [String])?.count == 10)
        let secret = try #require(printed["secret"] as? String)
        let uri = try #require(printed["uri"] as? String)
        #expect(uri.hasPrefix("otpauth://totp/Example%20Org:\(name)?secret=\(secret)&"))

        let code = try Command.output(of: "oathtool", "--totp=sha1", "-b", secret)
        let login = try Command.run(
            [PAMLogin.path, "\(site.folder)/pam.d", "code", name, code.trimmed]
        )
        #expect(login.text.hasPrefix("0 "))
    }

    @Test func `verify uses a code up exactly as a login does`() throws {
        let site = try Site()
        let person = try site.enroll()
        let name = person.account.name.description
        let accepted = try admin(["verify", name, "--json"], input: person.code(), at: site)
        #expect(accepted.status == 0)
        #expect(try json(accepted)["accepted"] as? Bool == true)
        #expect(try json(accepted)["authenticator"] as? String == "app")
        #expect(try site.login(person, person.code()).code == Answer.refused)

        #expect(try site.login(person, person.code(1)).code == Answer.success)
        let refused = try admin(["verify", name, "--json"], input: person.code(1), at: site)
        #expect(refused.status == 1)
        #expect(try json(refused)["reason"] as? String == "code already used")
    }

    @Test func `wrong codes are told to the owner at the next login`() throws {
        let site = try Site()
        let person = try site.enroll()
        for _ in 0..<3 { _ = try site.login(person, person.wrongCode) }
        let login = try site.login(person, person.code())
        #expect(login.shown.hasSuffix("[4 Wrong codes since your last login: 3.]"))
        let next = try site.login(person, person.recoveryCodes[0])
        #expect(next.shown.hasSuffix("[4 You have used a recovery code. Codes left: 9.]"))
    }

    @Test func `unlock ends a wait`() throws {
        let site = try Site()
        let person = try site.enroll()
        for _ in 0..<5 { _ = try site.login(person, person.wrongCode) }
        let waiting = try site.login(person, person.code())
        #expect(waiting.code == Answer.tooMany)
        #expect(
            waiting.shown.contains(/Wait (30|2[0-9]) seconds, or log in with a recovery code\./)
        )
        #expect(try admin(["unlock", person.account.name.description], at: site).status == 0)
        #expect(try site.login(person, person.code()).code == Answer.success)
    }

    @Test func `resync puts a clock that is ten steps ahead in step`() throws {
        let site = try Site()
        let person = try site.enroll()
        #expect(try site.login(person, person.code(10)).code == Answer.refused)
        let codes = "\(person.code(9))\n\(person.code(10))\n"
        let name = person.account.name.description
        let command = try admin(["resync", name], input: codes, at: site)
        #expect(command.text == "'app' is in step again (10 steps off)\n")
        #expect(try site.login(person, person.code(10)).code == Answer.refused)
        #expect(try site.login(person, person.code(11)).code == Answer.success)
    }

    @Test func `repair makes a damaged state usable and opens nothing twice`() throws {
        let site = try Site()
        let person = try site.enroll()
        #expect(try site.login(person, person.code()).code == Answer.success)
        let state = site.record(of: person) + "/state"
        _ = try Command.output(of: "truncate", "--size", "0", state)
        #expect(try site.login(person, person.code(1)).code == Answer.unavailable)

        let name = person.account.name.description
        let command = try admin(["repair", name], at: site)
        #expect(command.status == 0)
        #expect(command.text.contains("'app' works again in 660 seconds"))
        for reply in [person.code(), person.code(1), person.recoveryCodes[0]] {
            #expect(try site.login(person, reply).code == Answer.refused)
        }
        #expect(try admin(["repair", name], at: site).text.contains("nothing was changed"))
        let codes = try admin(["recovery", name, "--json"], at: site)
        let fresh = try #require(try json(codes)["recovery_codes"] as? [String])
        #expect(try site.login(person, fresh[0]).code == Answer.success)
    }

    @Test func `status and list show no secret and agree`() throws {
        let site = try Site()
        let people = try (0..<3).map { _ in try site.enroll() }
        let list = try admin(["list", "--json"], at: site)
        let listed = try #require(
            try JSONSerialization.jsonObject(with: list.output) as? [[String: Any]]
        )
        #expect(listed.count == 3)
        for (person, entry) in zip(people, listed) {
            let status = try admin(["status", person.account.name.description, "--json"], at: site)
            #expect(NSDictionary(dictionary: try json(status)) == NSDictionary(dictionary: entry))
        }
        let secret = Base32.encode(people[0].authenticator.secret).description
        #expect(!list.text.contains(secret))
    }

    @Test func `nothing that ends totp-admin leaves a core dump`() throws {
        let calls = ["strace", "-e", "trace=prctl,prlimit64"]
        try Sandbox.enter()
        let command = try Command.run(calls + ["totp-admin", "--version"])
        #expect(command.status == 0)
        #expect(command.error.contains("prctl(PR_SET_DUMPABLE, SUID_DUMP_DISABLE) = 0\n"))
        let none = "prlimit64(0, RLIMIT_CORE, {rlim_cur=0, rlim_max=0}, NULL) = 0\n"
        #expect(command.error.contains(none))
    }
}

extension String {
    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
