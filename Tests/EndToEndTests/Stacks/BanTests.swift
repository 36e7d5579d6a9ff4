import Foundation
import System
import Testing

/// The fail2ban filter and jail, by fail2ban's own programs.
@Suite struct `the fail2ban filter` {
    @Test(arguments: LogFormat.allCases)
    func `every guess is counted with its address, and nothing else is`(format: LogFormat) throws {
        let site = try BannedSite("free_attempts = 1")
        let (guesser, owner) = (try site.enroll(), try site.enroll())
        let code = owner.code()
        try site.login(guesser, guesser.wrongCode, from: "198.51.100.1")
        try site.login(guesser, guesser.wrongCode, from: "198.51.100.2")
        try site.login(owner, code, from: "198.51.100.3")
        try site.login(owner, code, from: "198.51.100.4")
        try site.login(owner, "not a code", from: "198.51.100.5")
        try site.login(owner, owner.recoveryCodes[0], from: "198.51.100.6")
        try site.login(owner, owner.recoveryCodes[0], from: "198.51.100.7")
        try site.login(site.newcomer(Accounts.make()), "123456", from: "198.51.100.8")
        try site.login(site.newcomer(named: "nobody-there"), "123456", from: "2001:db8::9")
        try site.login(guesser, guesser.wrongCode, from: nil)
        let counted = ["198.51.100.1", "198.51.100.2", "198.51.100.8", "2001:db8::9"]
        #expect(try Jail().addresses(in: site.log(format)) == counted)
    }

    @Test func `somebody whose codes are stopped is counted too`() throws {
        let site = try BannedSite("purse = 5\nfree_attempts = 10")
        let guesser = try site.enroll()
        for _ in 1...5 { try site.login(guesser, guesser.wrongCode, from: nil) }
        try site.login(guesser, guesser.code(), from: "198.51.100.1")
        #expect(try site.log(.traditional).contains("stopped after too many wrong codes"))
        #expect(try Jail().addresses(in: site.log(.traditional)) == ["198.51.100.1"])
    }

    @Test func `a login that failed for another reason than a guess is not`() throws {
        let site = try BannedSite("")
        let person = try site.enroll()
        try Data("damaged".utf8).write(to: URL(fileURLWithPath: site.record(of: person)))
        try site.login(person, person.code(), from: "198.51.100.1")
        #expect(try site.log(.traditional).contains("failed user="))
        #expect(try Jail().addresses(in: site.log(.traditional)).isEmpty)
    }

    @Test(arguments: Forgery.names)
    func `no name has another address banned than it came from`(name: Text) throws {
        let site = try BannedSite("")
        let person = try site.newcomer(Accounts.make(named: name))
        try site.login(person, "123456", from: "198.51.100.1")
        try site.login(site.newcomer(named: "\(name) too"), "123456", from: "198.51.100.2")
        #expect(try site.log(.traditional).contains(#"reason="not enrolled""#))
        #expect(
            try Jail().addresses(in: site.log(.traditional)) == ["198.51.100.1", "198.51.100.2"]
        )
    }

    @Test(arguments: Forgery.hosts)
    func `what is no address has none banned`(host: String) throws {
        let site = try BannedSite("")
        let guesser = try site.enroll()
        try site.login(guesser, guesser.wrongCode, from: host)
        try site.login(guesser, guesser.wrongCode, from: "198.51.100.1")
        #expect(try Jail().addresses(in: site.log(.traditional)) == ["198.51.100.1"])
    }

    @Test(arguments: Forgery.messages)
    func `a line of ours inside another program's line is not counted`(message: String) throws {
        let start = "Nov 25 22:06:01 host sshd[123]: "
        #expect(try Jail().addresses(in: "\(start)\(message)\n").isEmpty)
        #expect(try Jail().addresses(in: "\(start)\(Forgery.line)\n") == [Forgery.victim])
    }

    @Test func `the jail is off until an administrator turns it on`() throws {
        let jail = try Jail()
        #expect(try !jail.settings().contains("pam-totp"))
        try jail.turnOn()
        let settings = try jail.settings()
        #expect(settings.contains("['start', 'pam-totp']"))
        #expect(settings.contains("['set', 'pam-totp', 'addfailregex', "))
        #expect(settings.contains("['set', 'pam-totp', 'addlogpath', '/var/log/auth.log', "))
    }
}
