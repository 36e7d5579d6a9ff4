import Foundation
import System
import Testing
import Verification

@testable import Store

/// "Not enrolled" is believed only in the store that the key belongs to (promise 3).
@Suite struct StoreOpeningTests {
    private let fixture: StoreFixture
    private var folder: TemporaryFolder { fixture.folder }

    init() throws { fixture = try StoreFixture() }

    private func expectRefused(
        _ error: StoreError,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: error, sourceLocation: sourceLocation) { _ = try fixture.open() }
    }

    @Test func `nobody is enrolled in a new store`() throws {
        #expect(try !fixture.open().isEnrolled(1000))
        #expect(try fixture.login(codeNow) == nil)
    }

    @Test func `a store with another store's marker is refused`() throws {
        var other = try folder.contents("store/users/store")
        // The last digit of the id.
        let last = other.count - 2
        other[last] = other[last] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
        try folder.write("store/users/store", other)
        expectRefused(.foreignStore(path: fixture.configuration.store))
    }

    @Test(arguments: ["", "\n", "pam-totp store 1\n", "pam-totp store 2\nid 00\n"])
    func `a marker that names no store is refused`(marker: String) throws {
        try folder.write("store/users/store", marker.utf8)
        expectRefused(.foreignStore(path: fixture.configuration.store))
    }

    @Test func `a longer marker is refused`() throws {
        try folder.write("store/users/store", try folder.contents("store/users/store") + [10])
        expectRefused(.foreignStore(path: fixture.configuration.store))
    }

    @Test func `a store without a marker is not mounted`() throws {
        try FileManager.default.removeItem(at: folder.url("store/users/store"))
        let missing = SystemError(call: "open", code: ENOENT)
        expectRefused(.file(.system(missing, path: folder.path("store/users/store"))))
    }

    @Test func `a missing folder is an error, not an empty store`() throws {
        try FileManager.default.removeItem(at: folder.url("store"))
        let missing = SystemError(call: "open", code: ENOENT)
        expectRefused(.file(.system(missing, path: fixture.configuration.store)))
    }

    @Test func `a missing key is an error`() throws {
        try FileManager.default.removeItem(at: folder.url("totp.key"))
        let missing = SystemError(call: "open", code: ENOENT)
        expectRefused(.file(.system(missing, path: fixture.configuration.keyFile)))
    }

    @Test(arguments: [0o770, 0o757, 0o1777])
    func `a folder that others write is refused`(mode: Int) throws {
        try folder.setMode(of: "store", to: mode)
        let distrust = Distrust.permissions(FileMode(mode), forbidden: 0o022)
        expectRefused(.file(.distrusted(distrust, path: fixture.configuration.store)))
    }

    @Test func `another owner's store is refused`() {
        #expect(throws: StoreError.self) {
            _ = try Store(fixture.configuration, owner: Owner.ofTests + 1)
        }
    }

    @Test func `without its folder of users a store cannot tell who is enrolled`() throws {
        try FileManager.default.removeItem(at: folder.url("store/users"))
        #expect(throws: StoreError.self) { try fixture.open().isEnrolled(1000) }
        #expect(throws: StoreError.self) { try fixture.login(codeNow) }
    }

    @Test func `an empty folder of users is not mounted`() throws {
        try FileManager.default.removeItem(at: folder.url("store/users"))
        try FileManager.default.createDirectory(
            at: folder.url("store/users"),
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o750]
        )
        let missing = SystemError(call: "open", code: ENOENT)
        expectRefused(.file(.system(missing, path: folder.path("store/users/store"))))
    }

    @Test func `a folder of users that others write is refused`() throws {
        try folder.setMode(of: "store/users", to: 0o777)
        #expect(throws: StoreError.self) { try fixture.open().isEnrolled(1000) }
    }
}
