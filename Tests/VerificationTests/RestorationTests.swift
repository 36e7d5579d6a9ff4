import OTP
import System
import Testing

@testable import Verification

/// What comes of a record in a backup: nothing that was used since works again.
@Suite struct RestorationTests {
    private let time: Int64 = 1_700_000_000
    private var step: Int64 { time / 30 }
    private let set: RecoverySet

    init() throws { set = try RecoverySet.generate().set }

    private func authenticator(
        _ name: Text,
        _ id: UInt64,
        _ parameters: OTPParameters? = nil
    ) throws -> Authenticator {
        Authenticator(
            id: Identifier(value: id),
            name: name,
            parameters: try parameters ?? .totp(),
            enrolledAt: 1,
            secret: SecretBytes(Array("the secret with number \(id)".utf8))
        )
    }

    private func enrollment(
        _ authenticators: [Authenticator],
        recovery: RecoverySet? = nil
    )
        -> Enrollment
    {
        Enrollment(uid: 1000, name: "alice", authenticators: authenticators, recovery: recovery)
    }

    private func state(
        _ places: [UInt64: Int64],
        recovery: LoginState.RecoveryUse? = nil
    )
        -> LoginState
    {
        LoginState(
            authenticators: places.sorted { $0.key < $1.key }.map {
                .init(id: Identifier(value: $0), next: $1)
            },
            recovery: recovery
        )
    }

    private func restoration(
        _ saved: Enrollment,
        _ savedState: LoginState,
        over existing: Enrollment? = nil,
        _ existingState: LoginState? = nil,
        under policy: Policy = Policy()
    ) -> Restoration {
        Restoration(of: saved, savedState, over: existing, existingState, at: time, under: policy)
    }

    @Test func `every step that may have been accepted by now is used up, and no more`() throws {
        var policy = Policy()
        policy.window = 2
        policy.maxDrift = 7
        let phone = try authenticator("phone", 1)
        var before = state([1: step - 100_000])
        before.authenticators[0].drift = 3
        let restored = restoration(enrollment([phone]), before, under: policy)
        let progress = try #require(restored.state.progress(of: phone.id))
        #expect(progress.next == step + 7 + 2 + 1)
        #expect(progress.drift == 3)
        #expect(restored.notes == ["'phone' works again in 300 seconds"])
    }

    /// Of how much that was, the backup tells no more than what had been learnt by then.
    @Test func `a clock further off than may be now is restored for the largest max_drift`()
        throws
    {
        var earlier = Policy()
        earlier.maxDrift = 240
        let phone = try authenticator("phone", 1)
        var before = state([1: step - 100_000])
        for drift: Int32 in [21, 201, 240, -21] {
            before.authenticators[0].drift = drift
            let restored = restoration(enrollment([phone]), before)
            let progress = try #require(restored.state.progress(of: phone.id))
            #expect(progress.next > step + earlier.maxDrift + earlier.window)
            #expect(restored.notes == ["'phone' works again in 7260 seconds"])
            let told = Postponement(of: phone, progress, at: time, under: Policy())
            #expect(told?.clockWasAhead == false)
        }
    }

    @Test func `what was disabled stays disabled, and nothing else is said of it`() throws {
        let phone = try authenticator("phone", 1)
        var before = state([1: step])
        before.authenticators[0].isDisabled = true
        let restored = restoration(enrollment([phone]), before)
        #expect(restored.state.progress(of: phone.id)?.isDisabled == true)
        #expect(restored.notes == ["'phone' stays disabled"])
    }

    @Test func `a step that the backup knows to be used stays so, whatever the clock says`() throws
    {
        let phone = try authenticator("phone", 1)
        let restored = restoration(enrollment([phone]), state([1: step + 100_000]))
        #expect(restored.state.progress(of: phone.id)?.next == step + 100_000)
    }

    @Test func `one that counts comes back inactive, and resync finds where it is`() throws {
        let token = try authenticator("token", 1, .hotp())
        let restored = restoration(enrollment([token]), state([1: 50]))
        #expect(restored.enrollment.authenticators.map(\.id) == [token.id])
        #expect(restored.state.authenticators.isEmpty)
        func code(_ counter: Int64) -> UInt32 {
            TOTP.code(secret: token.secret, step: counter, algorithm: .sha1, digits: 6) ?? 0
        }
        let found = Resynchronization.progress(
            of: token,
            restored.state.progress(of: token.id),
            showing: (code(90_000), code(90_001)),
            at: time,
            under: Policy()
        )
        #expect(found?.next == 90_002)
    }

    @Test func `imported recovery codes are void too, or what the state knows of them`() throws {
        let phone = try authenticator("phone", 1)
        let imported = importedSet(["12345678", "23456789"])
        var saved = enrollment([phone])
        saved.importedRecovery = imported
        var savedState = state([1: 0])
        savedState.importedRecovery = .init(id: imported.id)
        let void = restoration(saved, savedState)
        #expect(void.enrollment.importedRecovery == nil && void.state.importedRecovery == nil)
        #expect(void.notes.contains("the recovery codes are void; see 'totp-admin recovery'"))

        var live = state([1: step])
        live.importedRecovery = .init(id: imported.id, used: 1)
        let known = restoration(saved, savedState, over: nil, live)
        #expect(known.enrollment.importedRecovery == imported)
        #expect(known.state.importedRecovery?.used == 1)
        #expect(
            !known.notes.contains { $0 == "the recovery codes are void; see 'totp-admin recovery'" }
        )
    }

    @Test func `recovery codes are void and their set is gone`() throws {
        let phone = try authenticator("phone", 1)
        let restored = restoration(
            enrollment([phone], recovery: set),
            state([1: 0], recovery: .init(id: set.id))
        )
        #expect(restored.enrollment.recovery == nil && restored.state.recovery == nil)
        #expect(restored.notes.contains("the recovery codes are void; see 'totp-admin recovery'"))
    }

    @Test func `wrong codes and the last login are those of the backup`() throws {
        var before = state([1: 0])
        before.throttle.charged = 40
        before.wrongSinceSuccess = 7
        before.lastSuccessAt = 3
        let restored = restoration(enrollment([try authenticator("phone", 1)]), before).state
        #expect(restored.throttle == before.throttle)
        #expect(restored.wrongSinceSuccess == 7 && restored.lastSuccessAt == 3)
    }

    @Test func `what the store still has is left as it is`() throws {
        let phone = try authenticator("phone", 1)
        let live = enrollment([phone], recovery: set)
        let liveState = state([1: step + 1], recovery: .init(id: set.id, used: 3))
        let restored = restoration(live, state([1: 5]), over: live, liveState)
        #expect(!restored.isChange && restored.notes.isEmpty)
        #expect(restored.state == liveState)
    }

    @Test func `a state without its enrollment is believed, also for recovery codes`() throws {
        let phone = try authenticator("phone", 1)
        let token = try authenticator("token", 2, .hotp())
        let liveState = state(
            [1: step + 1, 2: 60, 3: 9],
            recovery: .init(id: set.id, used: 3)
        )
        let restored = restoration(
            enrollment([phone, token], recovery: set),
            state([1: 5, 2: 5]),
            over: nil,
            liveState
        )
        #expect(restored.isChange)
        #expect(
            restored.notes == [
                "the enrollment in the store cannot be read; authenticators lost with it: 1"
            ]
        )
        #expect(restored.enrollment.recovery == set)
        #expect(restored.state.progress(of: phone.id)?.next == step + 1)
        #expect(restored.state.progress(of: token.id)?.next == 60)
        #expect(restored.state.recovery?.used == 3)
        // What nothing is enrolled for any more is forgotten.
        #expect(restored.state.authenticators.count == 2)
    }

    @Test func `what was enrolled since stays, and what was removed since comes back`() throws {
        let (old, new) = try (authenticator("old", 1), authenticator("new", 2))
        let live = enrollment([new], recovery: set)
        let restored = restoration(
            enrollment([old], recovery: try RecoverySet.generate().set),
            state([1: 5]),
            over: live,
            state([2: 8], recovery: .init(id: set.id, used: 1))
        )
        #expect(restored.enrollment.authenticators.map(\.name) == ["new", "old"])
        #expect(restored.enrollment.recovery == set && restored.state.recovery?.used == 1)
        #expect(restored.state.progress(of: new.id)?.next == 8)
        #expect(restored.state.progress(of: old.id)?.next == step + 22)
    }

    @Test func `what was replaced since is left out`() throws {
        let (old, new) = try (authenticator("phone", 1), authenticator("phone", 2))
        let restored = restoration(
            enrollment([old]),
            state([1: 5]),
            over: enrollment([new]),
            state([2: 8])
        )
        #expect(!restored.isChange)
        #expect(restored.enrollment.authenticators.map(\.id) == [new.id])
        #expect(
            restored.notes == [
                "'phone' is another authenticator now; the one in the backup is left out"
            ]
        )
    }

    @Test func `one secret does not come back under a second name`() throws {
        let old = try authenticator("old", 1)
        let same = Authenticator(
            id: Identifier(value: 2),
            name: "new",
            parameters: old.parameters,
            enrolledAt: 2,
            secret: old.secret.withUnsafeBytes { SecretBytes(copying: $0) }
        )
        let restored = restoration(
            enrollment([old]),
            state([1: 5]),
            over: enrollment([same]),
            state([2: 8])
        )
        #expect(!restored.isChange && restored.notes == ["'old' is called 'new' now"])
    }

    @Test func `what was dead in the backup stays dead`() throws {
        let phone = try authenticator("phone", 1)
        let restored = restoration(enrollment([phone]), state([:]))
        #expect(restored.state.authenticators.isEmpty)
        #expect(restored.notes == ["'phone' was not active; see 'totp-admin resync'"])
    }

    @Test func `there are never more than there is room for`() throws {
        let live = try (1...15).map { try authenticator("live\($0)", $0) }
        let saved = try (21...23).map { try authenticator("saved\($0)", $0) }
        let restored = restoration(
            enrollment(saved),
            state([21: 0, 22: 0, 23: 0]),
            over: enrollment(live),
            state(Dictionary(uniqueKeysWithValues: (1...15).map { ($0, 0) }))
        )
        #expect(restored.enrollment.authenticators.count == 16)
        #expect(restored.state.authenticators.count == 16)
        #expect(
            restored.notes.suffix(2) == [
                "there is no room for 'saved22'", "there is no room for 'saved23'",
            ]
        )
    }

    @Test(arguments: [Int64.min, -1, 0, Int64.max])
    func `no time of day is too strange`(time: Int64) throws {
        let phone = try authenticator("phone", 1)
        let restored = Restoration(
            of: enrollment([phone]),
            state([1: 5]),
            over: nil,
            nil,
            at: time,
            under: Policy()
        )
        #expect(try #require(restored.state.progress(of: phone.id)).next >= 22)
    }
}
