import Foundation
import OTP
import System
import Testing
import Verification

@testable import Store

/// A record that is written for another spelling of its owner's name.
@Suite struct ConfirmedRecordTests {
    enum Use: CaseIterable { case login, change, restoration }

    private let fixture: StoreFixture
    private let alias = Account(uid: Account.alice.uid, name: "alice@example.org", group: 100)

    init() throws {
        fixture = try StoreFixture()
        try fixture.enroll(.alice, authenticator())
    }

    private func isUnlocked() -> Bool {
        let folder = open(fixture.path().description, O_RDONLY)
        defer { close(folder) }
        return flock(folder, LOCK_EX | LOCK_NB) == 0
    }

    /// It may take as long as it likes to answer, and nobody's login waits.
    @Test(arguments: Use.allCases) func `a directory is asked without the lock`(use: Use) throws {
        var asked: [Text] = []
        var wasUnlocked = false
        let lookUp = { (name: Text) throws(SystemError) -> Account? in
            asked.append(name)
            wasUnlocked = isUnlocked()
            return .alice
        }
        let store = try fixture.open()
        switch use {
        case .login:
            let verdict = try store.verify(
                Reply(parsing: codeNow.utf8),
                of: alias,
                under: Policy(),
                at: { now },
                lookUp: lookUp
            )
            #expect(verdict?.isAccepted == true)
        case .change:
            let name = try store.change(recordOf: alias, lookUp: lookUp) {
                (record) throws(Never) in record.enrollment.name
            }
            #expect(name == "alice")
        case .restoration:
            let restoration = try store.restore(
                Enrollment(uid: alias.uid, name: alias.name, authenticators: []),
                LoginState(),
                of: alias,
                isRehearsal: false,
                at: { now },
                under: Policy(),
                lookUp: lookUp
            )
            #expect(restoration.enrollment.authenticators.map(\.name) == ["phone"])
        }
        #expect(asked == ["alice"])
        #expect(wasUnlocked)
    }
}
