import System
import Testing

@Suite struct AccountTests {
    /// passwd(5) on every Linux; Debian, Fedora, Arch and SUSE give nobody the uid 65534.
    @Test(arguments: [("root", UserID(0)), ("nobody", 65534)])
    func `an account is found by its name`(name: String, uid: UserID) throws {
        let account = try #require(try Account.find(named: text(name)))
        #expect(account.uid == uid)
        #expect(account.name == text(name))
    }

    @Test(arguments: [(UserID(0), "root"), (65534, "nobody")])
    func `an account is found by its uid`(uid: UserID, name: String) throws {
        #expect(try Account.find(uid: uid)?.name == text(name))
    }

    @Test func `a uid that is nobody's is nobody, not an error`() throws {
        #expect(try Account.find(uid: 4_000_000_000) == nil)
    }

    @Test(arguments: [
        "", " ", "no-such-user-pam-totp", "root ", " root", "ROOT", "root:x", "0", "../root",
        "root\0", "root\0x", "\0root",
        String(repeating: "a", count: 300),
    ])
    func `a name that is nobody's is nobody, not an error`(name: String) throws {
        #expect(try Account.find(named: text(name)) == nil)
    }
}
