import Foundation
import OTP
import System
import Testing
import Verification

@testable import Store

/// A record put back from a backup, in the files of a store.
@Suite struct RecordRestorationTests {
    private let fixture: StoreFixture

    init() throws { fixture = try StoreFixture() }

    private func saved() throws -> (enrollment: Enrollment, state: LoginState) {
        let phone = try authenticator()
        return (
            Enrollment(uid: Account.alice.uid, name: "alice", authenticators: [phone]),
            LoginState(authenticators: [.init(id: phone.id, next: 5)])
        )
    }

    @discardableResult
    private func restore(
        isRehearsal: Bool = false,
        names: [Account] = []
    ) throws -> Restoration {
        let saved = try saved()
        return try fixture.open().restore(
            saved.enrollment,
            saved.state,
            of: .alice,
            isRehearsal: isRehearsal,
            at: { now },
            under: Policy(),
            lookUp: { (name) throws(SystemError) in names.first { $0.name == name } }
        )
    }

    @Test func `somebody without a record gets one`() throws {
        try restore()
        #expect(try fixture.login(codeNow) == .refused(.replayed(authenticator: "phone")))
        let record = try #require(try fixture.open().record(of: Account.alice.uid))
        #expect(record.state.authenticators.map(\.next) == [now / 30 + 22])
    }

    @Test func `a rehearsal writes nothing, not even a folder`() throws {
        #expect(try restore(isRehearsal: true).isChange)
        #expect(try fixture.open().uids().isEmpty)
    }

    @Test func `an enrollment that is lost comes back to the state that is there`() throws {
        try fixture.enroll(.alice, authenticator())
        #expect(try fixture.login(codeNow)?.isAccepted == true)
        for contents in [nil, "nonsense\n"] {
            let enrollment = fixture.record("enrollment")
            if let contents {
                try fixture.folder.write(enrollment, contents.utf8)
            } else {
                try FileManager.default.removeItem(at: fixture.folder.url(enrollment))
            }
            #expect(try restore().notes.isEmpty)
            #expect(try fixture.login(codeNow) == .refused(.replayed(authenticator: "phone")))
        }
        #expect(try fixture.login(codeAfter)?.isAccepted == true)
    }

    @Test func `a damaged state is not guessed at`() throws {
        try fixture.enroll(.alice, authenticator())
        try fixture.folder.write(fixture.record("state"), "nonsense".utf8)
        let damaged = StoreError.damagedState(path: fixture.path("state"))
        #expect(throws: damaged) { try restore() }
        #expect(throws: damaged) { try restore(isRehearsal: true) }
    }

    @Test func `the record of somebody else with that uid is left alone`() throws {
        let other = Account(uid: Account.alice.uid, name: "bob", group: 100)
        try fixture.enroll(
            other,
            authenticator("token", id: 9, secret: Array("another secret".utf8))
        )
        let before = try fixture.folder.contents(fixture.record("enrollment"))
        let someoneElse = StoreError.otherPerson(path: fixture.path(), recorded: "bob")
        #expect(throws: someoneElse) { try restore() }
        #expect(try fixture.folder.contents(fixture.record("enrollment")) == before)
        #expect(try restore(names: [other]).isChange)
    }

    @Test func `a state is saved without its zeros and read whole`() throws {
        let state = fullState()
        let bytes = SavedState.encode(state, uid: 1000)
        #expect(bytes.count == SavedState.size)
        #expect(SavedState.decode(bytes, uid: 1000) == state)
        #expect(SavedState.decode(bytes, uid: 1001) == nil)
        #expect(SavedState.decode(bytes.dropLast(), uid: 1000) == nil)
    }
}
