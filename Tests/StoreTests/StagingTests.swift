import Foundation
import System
import Testing
import Verification

@testable import Store

/// Records that come to life by one rename.
@Suite struct StagingTests {
    private let fixture: StoreFixture

    init() throws { fixture = try StoreFixture() }

    private func record(of account: Account = .alice) throws -> Record {
        var record = Record(of: account)
        let authenticator = try authenticator()
        try record.add(authenticator, LoginState.Progress(id: authenticator.id))
        return record
    }

    @Test func `a staged record is nobody's until it is published, and then a code logs in`() throws
    {
        let store = try fixture.open()
        let staging = try Staging(in: store)
        #expect(try store.stage(record(), in: staging))
        #expect(try fixture.login(codeNow) == nil)
        #expect(try store.uids() == [])
        try store.synchronize()
        #expect(try store.publish(Account.alice.uid, from: staging))
        #expect(try fixture.login(codeNow)?.isAccepted == true)
    }

    @Test func `a published record has the modes that one enrolled alone has`() throws {
        let store = try fixture.open()
        let staging = try Staging(in: store)
        for account in [Account.alice, .bob] {
            if account == .alice {
                #expect(try store.stage(record(), in: staging))
                #expect(try store.publish(account.uid, from: staging))
            } else {
                try fixture.enroll(account, try authenticator())
            }
        }
        for file in ["", "enrollment", "state"] {
            let modes = try [Account.alice, .bob].map { account in
                let path = fixture.path(file, of: account).description
                return try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
                    as? Int
            }
            #expect(modes[0] != nil && modes[0] == modes[1], "\(file)")
        }
    }

    @Test func `who was enrolled meanwhile keeps that enrollment`() throws {
        let store = try fixture.open()
        let staging = try Staging(in: store)
        #expect(try store.stage(record(), in: staging))
        try fixture.enroll(.alice, try authenticator("mine", id: 9))
        #expect(try store.publish(Account.alice.uid, from: staging) == false)
        let names = try store.record(of: Account.alice.uid)?.enrollment.authenticators.map(\.name)
        #expect(names == ["mine"])
    }

    @Test(arguments: [[], [".enrollment.new"]])
    func `what an interrupted enrollment left makes room`(files: [String]) throws {
        let store = try fixture.open()
        let staging = try Staging(in: store)
        #expect(try store.stage(record(), in: staging))
        try FileManager.default.createDirectory(
            atPath: fixture.path().description,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o750]
        )
        for file in files { try fixture.folder.write(fixture.record(file), Array("x".utf8)) }
        #expect(try store.publish(Account.alice.uid, from: staging))
        #expect(try fixture.login(codeNow)?.isAccepted == true)
    }

    @Test func `a state without its enrollment is not written over`() throws {
        let store = try fixture.open()
        let staging = try Staging(in: store)
        try fixture.enroll(.alice, try authenticator())
        try FileManager.default.removeItem(atPath: fixture.path("enrollment").description)
        #expect(try store.stage(record(), in: staging))
        let error = #expect(throws: StoreError.self) {
            _ = try store.publish(Account.alice.uid, from: staging)
        }
        #expect(error == .missingEnrollment(path: fixture.path("enrollment")))
    }

    @Test func `there is one batch at a time, and the next one finds nothing of the last`() throws {
        let store = try fixture.open()
        do {
            let staging = try Staging(in: store)
            #expect(try store.stage(record(), in: staging))
            #expect(try store.stage(record(), in: staging) == false)
            let error = #expect(throws: StoreError.self) { _ = try Staging(in: store) }
            #expect(error?.isBusy == true)
            withExtendedLifetime(staging) {}
        }
        let next = try Staging(in: store)
        #expect(try store.stage(record(), in: next))
    }
}
