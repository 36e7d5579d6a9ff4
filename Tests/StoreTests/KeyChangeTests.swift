import EnrollmentContents
import OTP
import System
import Testing
import Verification

@testable import Store

@Suite struct KeyChangeTests {
    private let fixture: StoreFixture

    init() throws {
        fixture = try StoreFixture()
        try fixture.enroll(.alice, authenticator(), recovery: recoverySet())
        try fixture.enroll(.bob, authenticator(id: 2))
    }

    private func keyFile() throws -> [UInt8] { try fixture.folder.contents("totp.key") }

    private func enrollment(of account: Account) throws -> EnrollmentContents? {
        try fixture.open().record(of: account.uid).map { EnrollmentContents($0.enrollment) }
    }

    private func update(_ account: Account, in store: borrowing Store) throws {
        let nobody = { (_: Text) throws(SystemError) -> Account? in nil }
        try store.change(recordOf: account, lookUp: nobody) {
            (record) throws(Never) in record.unlock()
        }
    }

    @Test func `everything is sealed under the new key and nothing under the old one`() throws {
        let old = try keyFile()
        let before = try (enrollment(of: .alice), enrollment(of: .bob))
        let change = try fixture.open().changeKey()
        #expect(change.resealed == 2 && change.problems.isEmpty)
        #expect(try keyFile() != old && keyFile().count == old.count)
        #expect(try enrollment(of: .alice) == before.0 && enrollment(of: .bob) == before.1)
        #expect(try fixture.login(codeNow)?.isAccepted == true)

        try fixture.folder.write("totp.key", old)
        for account in [Account.alice, .bob] {
            let path = fixture.path("enrollment", of: account)
            #expect(throws: StoreError.cannotUnseal(path: path, line: 3)) {
                try fixture.open().record(of: account.uid)
            }
        }
    }

    @Test func `a store opened before the change reads and writes what is there after it`() throws {
        let early = try fixture.open()
        _ = try fixture.open().changeKey()
        try update(.alice, in: early)
        #expect(try early.record(of: Account.bob.uid) != nil)
        // By the key file alone: what was written is not sealed under the key from before.
        #expect(try enrollment(of: .alice) != nil)
    }

    @Test func `with a key that opens nothing, nothing is changed`() throws {
        let right = try keyFile()
        let foreign = HostKey(
            storeID: try HostKey.read(
                path: fixture.configuration.keyFile,
                owner: Owner.ofTests
            ).storeID,
            key: try HostKey.newKey()
        ).fileContents()
        try fixture.folder.write("totp.key", foreign)
        let path = fixture.path("enrollment", of: .alice)
        #expect(throws: StoreError.cannotUnseal(path: path, line: 3)) {
            _ = try fixture.open().changeKey()
        }
        #expect(try keyFile() == foreign)
        try fixture.folder.write("totp.key", right)
        #expect(try fixture.login(codeNow)?.isAccepted == true)
    }

    @Test func `a record that cannot be read keeps the old key and is named`() throws {
        let old = try hostKeyInFile()
        try fixture.folder.write(fixture.record("enrollment", of: .bob), "nonsense\n".utf8)
        let first = try fixture.open().changeKey()
        #expect(first.resealed == 1)
        #expect(
            first.problems == [
                .malformed(
                    path: fixture.path("enrollment", of: .bob),
                    line: 1,
                    problem: "this is not an enrollment of a version known here"
                )
            ]
        )
        #expect(try fixture.login(codeNow)?.isAccepted == true)
        let kept = try HostKey.read(
            path: fixture.configuration.keyFile,
            owner: Owner.ofTests
        )
        let isKept =
            switch kept.previous {
            case .some(let previous): previous.isEqual(to: old.key)
            case nil: false
            }
        #expect(isKept)

        let again = try fixture.open().changeKey()
        #expect(again.resealed == 0 && again.problems.count == 1)
        #expect(try keyFile() == kept.fileContents())

        #expect(try fixture.open().remove(recordOf: Account.bob.uid))
        #expect(try fixture.open().changeKey().problems.isEmpty)
        let last = try hostKeyInFile()
        let isTheSame = last.key.isEqual(to: kept.key)
        #expect(isTheSame)
        #expect(last.storeID == old.storeID)
    }

    private func hostKeyInFile() throws -> HostKey {
        try HostKey.read(path: fixture.configuration.keyFile, owner: Owner.ofTests)
    }

    @Test func `what is enrolled while the key is being changed needs no old key`() throws {
        try fixture.folder.write(fixture.record("enrollment", of: .bob), "nonsense\n".utf8)
        let early = try fixture.open()
        _ = try fixture.open().changeKey()
        try update(.alice, in: early)
        let now = try keyFile()
        try fixture.folder.write("totp.key", now.prefix(123))
        #expect(try enrollment(of: .alice) != nil)
    }

    @Test func `a second change at the same time is refused`() throws {
        let other = try FileDescriptor.open(fixture.configuration.store, .directory)
        #expect(try other.tryLock())
        let before = try keyFile()
        do throws(StoreError) {
            _ = try fixture.open().changeKey()
            Issue.record("somebody else is changing the key")
        } catch {
            #expect(error.isBusy)
        }
        #expect(try keyFile() == before)
        withExtendedLifetime(other) {}
    }

    @Test func `nothing is sealed under the key of another store`() throws {
        let early = try fixture.open()
        let path = fixture.configuration.store
        try fixture.folder.write("totp.key", hostKey(9).fileContents())
        #expect(throws: ChangeError<Never>.self) { try update(.alice, in: early) }
        let contents = try fixture.folder.contents(fixture.record("enrollment"))
        #expect(!contents.isEmpty && path == fixture.folder.path("store"))
    }
}
