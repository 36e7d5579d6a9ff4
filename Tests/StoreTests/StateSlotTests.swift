import OTP
import System
import Testing
import Verification

@testable import Store

/// A state in which no field is zero, and none is like another.
func fullState(authenticators count: Int = 16) -> LoginState {
    var state = LoginState(
        authenticators: (0..<count).map { index -> LoginState.Progress in
            let isDisabled = index % 3 == 0
            return LoginState.Progress(
                id: Identifier(value: 0x1122_3344_5566_7700 + UInt64(index)),
                next: 56_666_666 + Int64(index),
                drift: Int32(index) - 8,
                lastUsedAt: 1_700_000_000 + Int64(index),
                isDisabled: isDisabled
            )
        },
        recovery: LoginState.RecoveryUse(
            id: Identifier(value: 0x99aa_bbcc_ddee_ff01),
            used: 0b1_0100_1101
        ),
        importedRecovery: LoginState.RecoveryUse(
            id: Identifier(value: 0x0123_4567_89ab_cdef),
            used: 0b10110
        )
    )
    state.throttle.charged = 17
    state.throttle.consecutiveWrong = 3
    state.throttle.lastWrongAt = 1_699_999_999
    state.wrongSinceSuccess = 5
    state.lastSuccessAt = 1_699_990_000
    return state
}

@Suite struct StateSlotTests {
    private func decoded(_ bytes: [UInt8], uid: UserID = 1000) -> StateSlot? {
        StateSlot(bytes[...], uid: uid)
    }

    private func roundTrip(_ state: LoginState, generation: UInt64 = 1) -> LoginState? {
        let bytes = StateSlot(generation: generation, state: state).encode(uid: 1000)
        #expect(bytes.count == 4096)
        let slot = decoded(bytes)
        if let slot { #expect(slot.generation == generation) }
        return slot?.state
    }

    @Test func `a state is read as it was written`() {
        #expect(roundTrip(LoginState()) == LoginState())
        for count in 0...16 {
            #expect(roundTrip(fullState(authenticators: count)) == fullState(authenticators: count))
        }
    }

    @Test func `the ends of every number are kept`() {
        var state = LoginState(
            authenticators: [
                LoginState.Progress(
                    id: Identifier(value: .max),
                    next: .max,
                    drift: 100_000,
                    lastUsedAt: .max
                ),
                LoginState.Progress(
                    id: Identifier(value: 0),
                    next: 0,
                    drift: -100_000,
                    lastUsedAt: .min
                ),
            ],
            recovery: LoginState.RecoveryUse(id: Identifier(value: .max), used: 0b11_1111_1111)
        )
        state.throttle.charged = .max
        state.throttle.consecutiveWrong = .max
        state.throttle.lastWrongAt = .min
        state.wrongSinceSuccess = .max
        state.lastSuccessAt = .max
        #expect(roundTrip(state, generation: .max - 3) == state)
    }

    @Test(arguments: [UInt64(0), .max - 2, .max - 1, .max])
    func `a generation that a change could not go on from is refused`(generation: UInt64) {
        #expect(roundTrip(LoginState(), generation: generation) == nil)
    }

    @Test func `numbers that no login writes are refused`() {
        func state(_ change: (inout LoginState) -> Void) -> LoginState {
            var state = fullState(authenticators: 2)
            change(&state)
            return state
        }
        #expect(roundTrip(state { $0.authenticators[1].next = -1 }) == nil)
        #expect(roundTrip(state { $0.authenticators[0].drift = 100_001 }) == nil)
        #expect(roundTrip(state { $0.authenticators[0].drift = .min }) == nil)
        #expect(roundTrip(state { $0.recovery?.used = 1 << 10 }) == nil)
        #expect(roundTrip(state { $0.recovery?.used = .max }) == nil)
        #expect(roundTrip(state { $0.importedRecovery?.used = 1 << 10 }) == nil)
    }

    @Test func `a slot from before there were imported recovery codes is read`() {
        var old = fullState(authenticators: 16)
        old.importedRecovery = nil
        let bytes = StateSlot(generation: 1, state: old).encode(uid: 1000)
        #expect(bytes[576..<4032].allSatisfy { $0 == 0 })
        #expect(decoded(bytes)?.state == old)
    }

    /// The flags of the second authenticator, under a checksum that is right.
    @Test(arguments: 0..<32)
    func `a flag that is not known here makes the slot invalid`(bit: Int) {
        var bytes = StateSlot(generation: 1, state: fullState()).encode(uid: 1000)
        let flags = 64 + 32 + 28
        bytes[flags + bit / 8] |= 1 << UInt8(bit % 8)
        let body = bytes.prefix(StateSlot.checksumOffset)
        bytes.replaceSubrange(
            body.endIndex..<body.endIndex + 32,
            with: StateSlot.checksum(of: body)
        )
        if bit == 0 {
            #expect(decoded(bytes)?.state.authenticators[1].isDisabled == true)
        } else {
            #expect(decoded(bytes) == nil)
        }
    }

    @Test(arguments: [UserID(0), 1, 999, 1001, .max])
    func `another user's slot is refused`(uid: UserID) {
        let bytes = StateSlot(generation: 1, state: fullState()).encode(uid: 1000)
        #expect(decoded(bytes, uid: uid) == nil)
        #expect(decoded(bytes) != nil)
    }

    @Test func `zeros, other sizes and other files are no slot`() {
        let bytes = StateSlot(generation: 1, state: fullState()).encode(uid: 1000)
        #expect(decoded([UInt8](repeating: 0, count: 4096)) == nil)
        #expect(decoded([UInt8](repeating: 0xff, count: 4096)) == nil)
        #expect(decoded([]) == nil)
        #expect(decoded(Array(bytes.dropLast())) == nil)
        #expect(decoded(bytes + [0]) == nil)
    }

    @Test func `a slot is read wherever it is in the file`() {
        let bytes = StateSlot(generation: 1, state: fullState()).encode(uid: 1000)
        let file = [UInt8](repeating: 0xee, count: 4096) + bytes
        #expect(StateSlot(file[4096...], uid: 1000)?.state == fullState())
    }

    /// Bytes 4064 to 4095, padding and mark, are not covered: the mark is written by itself.
    @Test func `every flipped bit makes the slot invalid, but in padding and mark`() {
        let bytes = StateSlot(generation: 1, state: fullState()).encode(uid: 1000)
        for index in bytes.indices {
            for bit in 0..<8 where index < 640 || index >= 4000 || bit == index % 8 {
                var damaged = bytes
                damaged[index] ^= 1 << UInt8(bit)
                let slot = decoded(damaged)
                if index < 4064 {
                    #expect(slot == nil, "byte \(index) bit \(bit)")
                } else {
                    #expect(slot?.state == fullState(), "byte \(index) bit \(bit)")
                }
            }
        }
    }
}
