import Foundation
import OTP
import System
import Testing
import Verification

@testable import Store

/// What an administrator does to a record, written and read again.
@Suite struct RecordTests {
    private let fixture: StoreFixture

    init() throws {
        fixture = try StoreFixture()
        try fixture.enroll(.alice, authenticator(), recovery: recoverySet())
    }

    private func change(
        _ body: (inout Record) throws(RecordConflict) -> Void
    ) throws(ChangeError<RecordConflict>) {
        let nobody = { (_: Text) throws(SystemError) -> Account? in nil }
        let store: Store
        do throws(StoreError) { store = try fixture.open() } catch { throw .store(error) }
        try store.change(recordOf: .alice, lookUp: nobody, body)
    }

    private func record() throws -> Record {
        try #require(try fixture.open().record(of: Account.alice.uid))
    }

    private func phone() throws -> Authenticator {
        try #require(try record().enrollment.authenticator(named: "phone"))
    }

    @Test func `one name twice is refused, and nothing is written`() throws {
        let before = try fixture.folder.contents(fixture.record("enrollment"))
        let twin = try authenticator("phone", id: 2, secret: Array(1...20))
        expectConflict(.nameTaken) { (record) throws(RecordConflict) in
            try record.add(twin, LoginState.Progress(id: twin.id))
        }
        #expect(try fixture.folder.contents(fixture.record("enrollment")) == before)
    }

    /// Whatever else is different about it.
    @Test func `one secret twice is refused, and the name of the other is told`() throws {
        for parameters in [
            try OTPParameters.totp(), try .totp(digits: 8, period: 60), try .hotp(),
        ] {
            let copy = try authenticator("copy", id: 2, parameters: parameters)
            expectConflict(.secretTaken(by: "phone")) { (record) throws(RecordConflict) in
                try record.add(copy, LoginState.Progress(id: copy.id))
            }
        }
        #expect(try record().enrollment.authenticators.map(\.name) == ["phone"])
    }

    @Test func `the same secret is no conflict for somebody else`() throws {
        try fixture.enroll(.bob, authenticator(id: 2))
        #expect(try fixture.login(codeNow, as: .bob)?.isAccepted == true)
    }

    @Test func `there are sixteen and no more`() throws {
        for number in 2...17 {
            let next = try authenticator(
                "app \(number)",
                id: UInt64(number),
                secret: Array("secret of number \(number)".utf8)
            )
            if number == 17 {
                expectConflict(.full) { (record) throws(RecordConflict) in
                    try record.add(next, LoginState.Progress(id: next.id))
                }
            } else {
                try change { (record) throws(RecordConflict) in
                    try record.add(next, LoginState.Progress(id: next.id))
                }
            }
        }
        #expect(try record().state.authenticators.count == 16)
    }

    @Test func `another name leaves secret and state as they are`() throws {
        #expect(try fixture.login(codeNow)?.isAccepted == true)
        let before = try record()
        let phone = try phone()
        try change { (record) throws(RecordConflict) in try record.rename(phone, to: "old phone") }
        let after = try record()
        #expect(after.state == before.state)
        #expect(after.enrollment.authenticators.map(\.name) == ["old phone"])
        #expect(try fixture.login(codeNow) == .refused(.replayed(authenticator: "old phone")))
        #expect(try fixture.login(codeAfter)?.isAccepted == true)
    }

    @Test func `a name that is taken is not given again`() throws {
        let tablet = try authenticator("tablet", id: 2, secret: Array(1...20))
        try change { (record) throws(RecordConflict) in
            try record.add(tablet, LoginState.Progress(id: tablet.id))
        }
        for name in ["phone", "tablet"] as [Text] {
            expectConflict(.nameTaken) { (record) throws(RecordConflict) in
                try record.rename(tablet, to: name)
            }
        }
    }

    @Test func `a disabled authenticator stays so when an older enrollment comes back`() throws {
        let old = try fixture.folder.contents(fixture.record("enrollment"))
        let phone = try phone()
        try change { (record) throws(RecordConflict) in record.setDisabled(true, phone) }
        try fixture.folder.write(fixture.record("enrollment"), old, mode: 0o640)
        #expect(try fixture.login(codeNow) == .refused(.wrong))
        #expect(try record().usableAuthenticators.isEmpty)
        try change { (record) throws(RecordConflict) in record.setDisabled(false, phone) }
        #expect(try fixture.login(codeNow)?.isAccepted == true)
    }

    private func expectConflict(
        _ conflict: RecordConflict,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: (inout Record) throws(RecordConflict) -> Void
    ) {
        do {
            try change(body)
            Issue.record("no conflict", sourceLocation: sourceLocation)
        } catch .reason(let found) {
            #expect(found == conflict, sourceLocation: sourceLocation)
        } catch {
            Issue.record("\(error)", sourceLocation: sourceLocation)
        }
    }
}
