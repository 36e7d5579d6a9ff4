import Foundation
import OTP
import System
import Testing
import Verification

@testable import Store

@Suite struct ConcurrencyTests {
    private let fixture: StoreFixture

    init() throws {
        fixture = try StoreFixture()
        try fixture.enroll(.alice, authenticator())
    }

    /// Every thread opens the store itself, so that each has a lock of its own.
    @Test func `of eight logins with one code at once, one is accepted`() throws {
        for round in 0..<5 {
            let account = Account(uid: 1000 + UserID(round), name: "alice", group: 100)
            try fixture.enroll(account, authenticator())
            let verdicts = Collected<Verdict?>()
            let configuration = fixture.configuration
            let group = DispatchGroup()
            for _ in 0..<8 {
                group.enter()
                Thread.detachNewThread {
                    defer { group.leave() }
                    let verdict = try? Store(configuration, owner: Owner.ofTests).verify(
                        Reply(parsing: codeNow.utf8),
                        of: account,
                        under: Policy(),
                        at: { now },
                        lookUp: { (_) throws(SystemError) in nil }
                    )
                    verdicts.append(verdict ?? nil)
                }
            }
            group.wait()
            let refused = Verdict.refused(.replayed(authenticator: "phone"))
            #expect(verdicts.all.count == 8)
            #expect(verdicts.all.count { $0?.isAccepted == true } == 1)
            #expect(verdicts.all.count { $0 == refused } == 7)
        }
    }

    /// Takes the five seconds that a login waits.
    @Test func `a lock that is not let go ends in a refusal that names the record`() throws {
        let holder = try FileDescriptor.open(fixture.path(), .directory)
        #expect(try holder.tryLock())
        let time = ContinuousClock().measure {
            do throws(StoreError) {
                _ = try fixture.login(codeNow)
                Issue.record("somebody else holds the lock")
            } catch {
                #expect(error.isBusy)
                #expect(error.description.description.contains("'\(fixture.path())'"))
            }
        }
        #expect(time > .milliseconds(4900))
        #expect(time < .seconds(8))
    }

    @Test func `somebody else's lock is not waited for`() throws {
        try fixture.enroll(.bob, authenticator(id: 2))
        let holder = try FileDescriptor.open(fixture.path(), .directory)
        #expect(try holder.tryLock())
        #expect(try fixture.login(codeNow, as: .bob)?.isAccepted == true)
    }

    @Test func `a lock that is let go in time is waited for`() throws {
        let holder = try FileDescriptor.open(fixture.path(), .directory)
        #expect(try holder.tryLock())
        let configuration = fixture.configuration
        let verdicts = Collected<Verdict?>()
        let group = DispatchGroup()
        group.enter()
        Thread.detachNewThread {
            defer { group.leave() }
            let verdict = try? Store(configuration, owner: Owner.ofTests).verify(
                Reply(parsing: codeNow.utf8),
                of: .alice,
                under: Policy(),
                at: { now },
                lookUp: { (_) throws(SystemError) in nil }
            )
            verdicts.append(verdict ?? nil)
        }
        #expect(group.wait(timeout: .now() + .milliseconds(100)) == .timedOut)
        #expect(flock(holder.raw, LOCK_UN) == 0)
        group.wait()
        #expect(verdicts.all.map { $0?.isAccepted } == [true])
    }
}

/// What threads have found.
private final class Collected<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var values: [Value] = []

    func append(_ value: Value) { lock.withLock { values.append(value) } }

    var all: [Value] { lock.withLock { values } }
}
