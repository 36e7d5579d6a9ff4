import Foundation
import OTP
import System
import Testing
import Verification

@testable import Store

/// Every error denies (promise 3), and one person's damage is nobody else's (promise 8).
@Suite struct DamagedRecordTests {
    private let fixture: StoreFixture
    private var folder: TemporaryFolder { fixture.folder }

    init() throws {
        fixture = try StoreFixture()
        try fixture.enroll(.alice, authenticator())
        try fixture.enroll(.bob, authenticator(id: 2))
    }

    /// Alice is refused with `error`, Bob logs in.
    private func expectOnlyAliceRefused(
        _ error: StoreError,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(throws: error, sourceLocation: sourceLocation) { try fixture.login(codeNow) }
        #expect(
            try fixture.login(codeNow, as: .bob)?.isAccepted == true,
            sourceLocation: sourceLocation
        )
    }

    @Test func `a missing state beside an enrollment denies`() throws {
        try FileManager.default.removeItem(at: folder.url(fixture.record("state")))
        try expectOnlyAliceRefused(.missingState(path: fixture.path("state")))
    }

    @Test func `a state full of zeros denies`() throws {
        try folder.write(
            fixture.record("state"),
            [UInt8](repeating: 0, count: 8192),
            mode: 0o660
        )
        try expectOnlyAliceRefused(.damagedState(path: fixture.path("state")))
    }

    @Test func `an empty enrollment denies, and is not "not enrolled"`() throws {
        try folder.write(fixture.record("enrollment"), [], mode: 0o640)
        try expectOnlyAliceRefused(
            .malformed(
                path: fixture.path("enrollment"),
                line: 1,
                problem: "the file ends too early"
            )
        )
        #expect(try fixture.open().isEnrolled(Account.alice.uid))
    }

    @Test func `another person's files in one's folder deny`() throws {
        for file in ["enrollment", "state"] {
            let bobs = try folder.contents(fixture.record(file, of: .bob))
            try folder.write(fixture.record(file), bobs, mode: file == "state" ? 0o660 : 0o640)
            #expect(throws: StoreError.self) { try fixture.login(codeNow) }
        }
        #expect(try fixture.login(codeNow, as: .bob)?.isAccepted == true)
    }

    @Test(arguments: ["enrollment", "state", ""])
    func `a link in the place of a file or folder denies`(file: String) throws {
        let url = folder.url(fixture.record(file))
        try FileManager.default.moveItem(at: url, to: folder.url("moved"))
        try FileManager.default.createSymbolicLink(
            atPath: url.path,
            withDestinationPath: folder.url("moved").path
        )
        #expect(throws: StoreError.self) { try fixture.login(codeNow) }
        #expect(try fixture.login(codeNow, as: .bob)?.isAccepted == true)
    }

    @Test(arguments: ["enrollment", "state"])
    func `a FIFO in the place of a file denies at once`(file: String) throws {
        try FileManager.default.removeItem(at: folder.url(fixture.record(file)))
        #expect(mkfifo(folder.url(fixture.record(file)).path, 0o600) == 0)
        let time = try ContinuousClock().measure {
            try expectOnlyAliceRefused(.file(.distrusted(.notRegular, path: fixture.path(file))))
        }
        #expect(time < .seconds(2))
    }

    @Test(arguments: [("enrollment", 0o660), ("enrollment", 0o642), ("state", 0o664), ("", 0o770)])
    func `a file or folder that too many may change denies`(file: String, mode: Int) throws {
        try folder.setMode(of: fixture.record(file), to: mode)
        let distrust = Distrust.permissions(
            FileMode(mode),
            forbidden: file == "state" ? 0o007 : 0o022
        )
        try expectOnlyAliceRefused(.file(.distrusted(distrust, path: fixture.path(file))))
    }

    @Test(arguments: ["enrollment", ""])
    func `isEnrolled cannot tell what it cannot trust`(file: String) throws {
        try folder.setMode(of: fixture.record(file), to: 0o777)
        #expect(throws: StoreError.self) { try fixture.open().isEnrolled(Account.alice.uid) }
        #expect(try fixture.open().isEnrolled(Account.bob.uid))
    }

    @Test func `an older enrollment that comes back does not revive what was removed`() throws {
        let old = try folder.contents(fixture.record("enrollment"))
        _ = try fixture.open().remove(recordOf: Account.alice.uid)
        try fixture.enroll(.alice, authenticator("new", id: 9, secret: Array(1...20)))
        try folder.write(fixture.record("enrollment"), old, mode: 0o640)
        #expect(try fixture.login(codeNow) == .refused(.wrong))
    }
}
