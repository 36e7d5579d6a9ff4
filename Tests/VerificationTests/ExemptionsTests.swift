import System
import Testing
import Verification

/// A directory in which alice (primary group users) is in staff.
private struct Directory: GroupDirectory {
    private static let known: [(Text, GroupID)] = [("users", 100), ("staff", 50), ("robots", 60)]
    var supplementary: [GroupID] = [50]
    /// Who lists her.
    var listing: [Text] = []
    /// Whose her uid is, and who is in the groups.
    var owner = Account(uid: 1000, name: "alice", group: 100)
    /// What fails, by name.
    var failing: Set<String> = []
    /// The group that is there when it is looked up, and has gone when its members are.
    var going: Text?

    private func fail(_ call: String) throws(SystemError) {
        if failing.contains(call) { throw SystemError(call: Text(call.utf8), code: 11) }
    }

    func group(named name: Text) throws(SystemError) -> GroupID? {
        try fail("group")
        return Self.known.first { $0.0 == name }?.1
    }

    func group(named name: Text, lists account: Account) throws(SystemError) -> Bool? {
        if name == going { return nil }
        return try group(named: name).map { _ in
            account.name == owner.name && listing.contains(name)
        }
    }

    func account(of uid: UserID) throws(SystemError) -> Account? {
        try fail("account")
        return uid == owner.uid ? owner : nil
    }

    func groups(of account: Account) throws(SystemError) -> [GroupID] {
        try fail("groups")
        return [account.group] + (account.name == owner.name ? supplementary : [])
    }

    func confirmAnswers() throws(SystemError) { try fail("answers") }
}

@Suite struct ExemptionsTests {
    private let alice = Account(uid: 1000, name: "alice", group: 100)

    private func scope(
        _ exemptions: Exemptions,
        from host: Text = "",
        _ directory: Directory = Directory()
    ) throws(SystemError) -> Scope {
        try exemptions.scope(of: alice, from: host, asking: directory)
    }

    private func exemptions(_ body: (inout Exemptions) -> Void) -> Exemptions {
        var exemptions = Exemptions()
        body(&exemptions)
        return exemptions
    }

    @Test func `without any, everybody needs a code and no directory is asked`() throws {
        let deaf = Directory(failing: ["group", "groups", "answers"])
        #expect(try scope(Exemptions(), deaf) == .needsCode)
    }

    @Test func `a user by name`() throws {
        #expect(try scope(exemptions { $0.exceptUsers = ["bob", "alice"] }) == .exempt(.user))
        for other: Text in ["bob", "Alice", "alice ", "alic", "ALICE", "alice@example.org"] {
            #expect(try scope(exemptions { $0.exceptUsers = [other] }) == .needsCode)
        }
    }

    @Test func `a network by the numbers of its address`() throws {
        let range = try #require(AddressRange(parsing: Array("192.0.2.0/24".utf8)))
        let lan = exemptions { $0.exceptNetworks = [range] }
        #expect(try scope(lan, from: "192.0.2.7") == .exempt(.network))
        for host: Text in ["", "192.0.3.7", "localhost", "192.0.2.7.example.org"] {
            #expect(try scope(lan, from: host) == .needsCode)
        }
    }

    @Test func `members of a group`() throws {
        #expect(
            try scope(exemptions { $0.exceptGroups = ["robots", "staff"] })
                == .exempt(.member(of: "staff"))
        )
        #expect(
            try scope(exemptions { $0.exceptGroups = ["users"] }) == .exempt(.member(of: "users"))
        )
        #expect(try scope(exemptions { $0.exceptGroups = ["robots"] }) == .needsCode)
    }

    @Test func `all but the members of some groups`() throws {
        #expect(try scope(exemptions { $0.onlyGroups = ["robots", "staff"] }) == .needsCode)
        #expect(try scope(exemptions { $0.onlyGroups = ["users"] }) == .needsCode)
        #expect(try scope(exemptions { $0.onlyGroups = ["robots"] }) == .exempt(.inNoGroup))
    }

    @Test func `who is in groups of both kinds is exempt`() throws {
        let both = exemptions {
            $0.onlyGroups = ["users"]
            $0.exceptGroups = ["staff"]
        }
        #expect(try scope(both) == .exempt(.member(of: "staff")))
    }

    @Test func `a group that is not to be found leaves everybody in scope`() throws {
        for groups: [Text] in [["gone", "staff"], ["staff", "gone"]] {
            #expect(
                try scope(exemptions { $0.exceptGroups = groups }) == .unknownGroup("gone")
            )
        }
        #expect(
            try scope(exemptions { $0.onlyGroups = ["robots", "gone"] }) == .unknownGroup("gone")
        )
        let users = exemptions {
            $0.onlyGroups = ["gone"]
            $0.exceptUsers = ["alice"]
        }
        #expect(try scope(users) == .exempt(.user))
    }

    @Test func `a group that goes while it is asked who is in it leaves them in scope`() throws {
        let robots = exemptions { $0.onlyGroups = ["robots"] }
        #expect(try scope(robots, Directory(going: "robots")) == .needsCode)
    }

    @Test(arguments: ["group", "groups", "answers", "account"])
    func `a directory that does not answer lets nobody pass`(failing: String) {
        let directory = Directory(failing: [failing])
        #expect(throws: SystemError.self) {
            try scope(exemptions { $0.onlyGroups = ["robots"] }, directory)
        }
    }

    /// What getgrouplist(3) then says: the primary group alone.
    @Test func `members whom a silent directory hides are not exempt`() throws {
        let silent = Directory(supplementary: [], failing: ["answers"])
        #expect(throws: SystemError.self) {
            try scope(exemptions { $0.onlyGroups = ["staff"] }, silent)
        }
        #expect(try scope(exemptions { $0.exceptGroups = ["staff"] }, silent) == .needsCode)
    }

    @Test func `a member whom a group lists is one, though nobody says which groups are theirs`()
        throws
    {
        let directory = Directory(supplementary: [], listing: ["staff"])
        let staff = exemptions { $0.onlyGroups = ["robots", "staff"] }
        #expect(try scope(staff, directory) == .needsCode)
        #expect(try scope(exemptions { $0.exceptGroups = ["staff"] }, directory) == .needsCode)
    }

    @Test func `who goes by another name is in the groups of the one that has their uid`() throws {
        let owner = Account(uid: 1000, name: "Alice", group: 100)
        let groups = exemptions { $0.onlyGroups = ["robots", "staff"] }
        #expect(try scope(groups, Directory(owner: owner)) == .needsCode)
        let listing = Directory(supplementary: [], listing: ["staff"], owner: owner)
        #expect(try scope(groups, listing) == .needsCode)
        let neither = Directory(supplementary: [], owner: owner)
        #expect(try scope(groups, neither) == .exempt(.inNoGroup))
        let except = exemptions { $0.exceptGroups = ["staff"] }
        #expect(try scope(except, Directory(owner: owner)) == .needsCode)
    }
}
