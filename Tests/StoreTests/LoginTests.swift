import Foundation
import OTP
import System
import Testing
import Verification

@testable import Store

@Suite struct LoginTests {
    private let fixture: StoreFixture

    init() throws {
        fixture = try StoreFixture()
        try fixture.enroll(.alice, authenticator())
    }

    @Test func `a code opens one login, and the next process knows`() throws {
        #expect(try fixture.login(codeNow)?.isAccepted == true)
        #expect(try fixture.login(codeNow) == .refused(.replayed(authenticator: "phone")))
        #expect(try fixture.login(codeBefore) == .refused(.replayed(authenticator: "phone")))
        #expect(try fixture.login(codeAfter)?.isAccepted == true)
    }

    @Test func `a recovery code opens one login`() throws {
        let generated = try RecoverySet.generate()
        try fixture.enroll(.bob, authenticator(id: 2), recovery: generated.set)
        let code = generated.codes[4].description
        let verdict = try fixture.login(code, as: .bob)
        #expect(verdict?.isAccepted == true)
        #expect(try fixture.login(code, as: .bob) == .refused(.replayed(authenticator: nil)))
    }

    @Test func `wrong codes are remembered between logins`() throws {
        for _ in 1...3 { #expect(try fixture.login("000000") == .refused(.wrong)) }
        guard case .accepted(let acceptance) = try fixture.login(codeNow) else {
            Issue.record("the code is right")
            return
        }
        #expect(acceptance.wrongBefore == 3)
    }

    @Test func `what is no code changes no byte of the record`() throws {
        let before = try fixture.folder.contents(fixture.record("state"))
        for reply in ["", "hunter2", "12345678"] {
            #expect(try fixture.login(reply) == .refused(.notACode))
        }
        #expect(try fixture.folder.contents(fixture.record("state")) == before)
    }

    @Test func `no login changes the enrollment`() throws {
        let before = try fixture.folder.contents(fixture.record("enrollment"))
        _ = try fixture.login("000000")
        _ = try fixture.login(codeNow)
        #expect(try fixture.folder.contents(fixture.record("enrollment")) == before)
    }

    @Test func `who is enrolled is told from who is not`() throws {
        #expect(try fixture.open().isEnrolled(Account.alice.uid))
        #expect(try !fixture.open().isEnrolled(Account.bob.uid))
        #expect(try fixture.login(codeNow, as: .bob) == nil)
    }

    @Test func `another name of the same uid is the same person`() throws {
        let renamed = Account(uid: Account.alice.uid, name: "alicia", group: 100)
        let verdict = try fixture.login(codeNow, as: renamed, names: [.alice, renamed])
        #expect(verdict?.isAccepted == true)
    }

    @Test func `a uid that somebody else has now is refused`() throws {
        let newcomer = Account(uid: Account.alice.uid, name: "carol", group: 100)
        let refusal = StoreError.otherPerson(path: fixture.path(), recorded: "alice")
        #expect(throws: refusal) { try fixture.login(codeNow, as: newcomer, names: [newcomer]) }
        let moved = Account(uid: 5, name: "alice", group: 100)
        #expect(throws: refusal) { try fixture.login(codeNow, as: newcomer, names: [moved]) }
        #expect(try fixture.login(codeNow)?.isAccepted == true)
    }

    @Test func `a directory that does not answer denies`() throws {
        let failure = SystemError(call: "getpwnam_r", code: EIO)
        let newcomer = Account(uid: Account.alice.uid, name: "carol", group: 100)
        #expect(throws: StoreError.system(failure)) {
            try fixture.open().verify(
                Reply(parsing: codeNow.utf8),
                of: newcomer,
                under: Policy(),
                at: { now },
                lookUp: { (_) throws(SystemError) in throw failure }
            )
        }
    }

    @Test func `the directory is not asked about a name that is the record's`() throws {
        let verdict = try fixture.open().verify(
            Reply(parsing: codeNow.utf8),
            of: .alice,
            under: Policy(),
            at: { now },
            lookUp: { (_) throws(SystemError) in throw SystemError(call: "asked", code: 0) }
        )
        #expect(verdict?.isAccepted == true)
    }
}
