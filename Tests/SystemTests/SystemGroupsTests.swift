import Foundation
import System
import Testing

/// Against what getent(1) and id(1) say on this machine.
@Suite struct SystemGroupsTests {
    @Test(arguments: [("root", GroupID(0)), ("nogroup", 65534)])
    func `a group is found by its name`(name: String, id: GroupID) throws {
        #expect(try SystemGroups().group(named: text(name)) == id)
    }

    @Test(arguments: [
        "", " ", "no-such-group-pam-totp", "ROOT", "root ", "0", "root:x",
        String(repeating: "a", count: 300),
    ])
    func `a name that is no group's is none, not an error`(name: String) throws {
        #expect(try SystemGroups().group(named: text(name)) == nil)
    }

    @Test func `the groups of an account have its primary one among them`() throws {
        let account = try #require(try Account.find(named: "nobody"))
        #expect(try SystemGroups().groups(of: account).contains(account.group))
        let elsewhere = Account(uid: account.uid, name: account.name, group: 4_000_000_000)
        #expect(try SystemGroups().groups(of: elsewhere).contains(4_000_000_000))
    }

    /// Debian lists no members of `root`; whether it is somebody's primary group is another matter.
    @Test func `a group says whom it lists`() throws {
        let root = try #require(try Account.find(named: "root"))
        #expect(try SystemGroups().group(named: "root", lists: root) == false)
        #expect(try SystemGroups().group(named: "no-such-group-pam-totp", lists: root) == nil)
    }

    @Test func `files that can be read are a directory that answers`() throws {
        try SystemGroups().confirmAnswers()
    }
}
