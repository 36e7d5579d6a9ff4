import Foundation
import System
import Testing

/// An account that usermod(8) gave another name.
@Suite struct `a renamed account` {
    private let site: Site
    private let person: Enrollee

    init() throws {
        site = try Site()
        person = try site.enroll()
    }

    private var new: String { "\(person.name)-new" }

    /// The same person under the new name, which the system knows from now on.
    private func rename(_ options: String...) throws -> Enrollee {
        try Accounts.lock.withLock {
            let usermod = ["usermod"] + options + ["-l", new, person.name]
            let command = try Command.run(usermod)
            guard command.status == 0 else { throw Failure(command.error) }
        }
        let account = try #require(try Account.find(named: Text(new.utf8)))
        return Enrollee(
            account: account,
            authenticator: person.authenticator,
            recoveryCodes: person.recoveryCodes
        )
    }

    private func renameUser(_ old: String, _ new: String) throws -> AdminSession {
        try AdminSession(["rename-user", old, new], at: site)
    }

    @Test func `its record follows, with everything that was used up`() throws {
        #expect(try site.login(person, person.code()).code == Answer.success)
        let renamed = try rename()
        #expect(try site.login(renamed, renamed.code(1)).code == Answer.unavailable)
        let session = try renameUser(person.name, new)
        #expect(session.status == 0)
        let uid = person.account.uid
        #expect(session.text == "the record of uid \(uid) is written for \(new) now\n")
        #expect(try site.login(renamed, renamed.code()).code == Answer.refused)
        #expect(try site.login(renamed, renamed.code(1)).code == Answer.success)
        #expect(try site.login(renamed, renamed.recoveryCodes[0]).code == Answer.success)

        let again = try renameUser(person.name, new)
        #expect(again.status == 0)
        #expect(again.text == "the record of uid \(uid) is written for \(new)\n")
    }

    @Test func `before the account is renamed, that is what to do`() throws {
        let session = try renameUser(person.name, new)
        #expect(session.status == 67)
        #expect(
            session.text
                == "totp-admin: there is no user '\(new)'; "
                + "rename the account first: usermod -l \(new) \(person.name)\n"
        )
    }

    @Test func `an account of another uid does not get the record`() throws {
        let other = try Accounts.make()
        let two = try renameUser(person.name, "\(other.name)")
        #expect(two.status == 65)
        #expect(two.text.contains("has uid \(person.account.uid) and '\(other.name)' has uid"))
        #expect(two.text.hasSuffix("these are two accounts; enroll '\(other.name)' instead\n"))

        let moved = try rename("-u", "\(Accounts.reserve().uid)")
        let one = try renameUser(person.name, new)
        #expect(one.status == 67)
        #expect(
            one.text
                == "totp-admin: uid \(moved.account.uid), which '\(new)' has, is not enrolled; "
                + "if it is a new uid, enroll '\(new)' again\n"
        )
    }

    @Test func `a record that is written for somebody else is left alone`() throws {
        _ = try rename()
        let session = try renameUser("somebody", new)
        #expect(session.status == 65)
        #expect(session.text.contains("is written for '\(person.name)' and not for 'somebody'; "))
        #expect(try renameUser(person.name, new).status == 0)
    }
}
