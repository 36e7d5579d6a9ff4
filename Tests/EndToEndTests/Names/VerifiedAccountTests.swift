import Foundation
import System
import Testing
import Verification

/// Whoever is let in is who was verified.
@Suite struct `names and accounts` {
    private let directory: Directory
    private let site: Site

    init() throws {
        directory = try Directory()
        site = try Site()
    }

    private func visit(as name: Text, _ reply: String, service: String = "code") throws -> Visit {
        try site.visit(as: name, reply, service: service, under: directory.wrapper)
    }

    @Test func `two names of one uid are one person`() throws {
        let person = try site.enroll()
        let alias = Account(uid: person.account.uid, name: "\(person.account.name)-too", group: 100)
        try Accounts.add(alias)
        let code = person.code()
        let visit = try visit(as: alias.name, code)
        #expect(visit.outcome == Visit.letIn)
        #expect(try visit.line().contains("accepted user=\(alias.name) "))
        for name in [alias.name, person.account.name] {
            #expect(try self.visit(as: name, code).outcome == Visit.refused)
        }
    }

    @Test func `who has gone from the directory is nobody, until they are back`() throws {
        let account = Accounts.reserve(prefix: "gone")
        let person = try site.enroll(as: account)
        let code = person.code()
        for service in ["code", "nullok"] {
            let visit = try visit(as: account.name, code, service: service)
            #expect(visit.outcome == Visit.refused)
            #expect(try visit.line().hasSuffix(#"reason="unknown user""#))
        }
        try Accounts.add(account)
        #expect(try visit(as: account.name, code).outcome == Visit.letIn)
    }

    @Test func `who got the uid of somebody else gets neither their codes nor a way past`() throws {
        let person = try site.enroll(as: Accounts.reserve(prefix: "left"))
        let uid = person.account.uid
        let heir = Account(uid: uid, name: "heir\(uid)", group: 100)
        try Accounts.add(heir)
        let code = person.code()
        for service in ["code", "nullok"] {
            let visit = try visit(as: heir.name, code, service: service)
            #expect(visit.outcome == [Answer.unavailable, 1])
            let line = try visit.line()
            #expect(line.contains("failed user=\(heir.name) "))
            #expect(line.contains("'\(person.account.name)'"))
        }
        #expect(try site.state(of: person).wrongSinceSuccess == 0)
    }

    /// What a directory may have that no useradd(8) makes.
    @Test func `a user's name cannot break the log's line`() throws {
        let plain = Accounts.reserve(prefix: "dir-odd")
        let quoted: Text = "\(plain.name)\" user=root\\\u{fffd}"
        let person = try site.enroll(
            as: directory.add(Account(uid: plain.uid, name: quoted, group: 100))
        )
        let visit = try visit(as: quoted, person.code())
        #expect(visit.outcome == Visit.letIn)
        let written = #"\#(plain.name)\x22\x20user=root\x5c\xef\xbf\xbd"#
        #expect(try visit.line().contains(": accepted user=\(written) rhost="))

        let other = Accounts.reserve()
        let control: Text = "dir-\u{1b}[2K\u{7}\r\u{7f}"
        try directory.add(Account(uid: other.uid, name: control, group: 100))
        let refused = try self.visit(as: control, "123456")
        #expect(refused.outcome == Visit.refused)
        #expect(
            try refused.line().contains(#": refused user=dir-\x1b[2K\x07\x0d\x7f rhost="#)
        )
    }
}
