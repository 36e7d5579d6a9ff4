internal import OTP
internal import System
internal import Verification

@testable internal import Store

extension FuzzTarget {
    /// Two slots, each its content and its mark; what lies between is put there, and the checksums.
    static let state = FuzzTarget(name: "state") { bytes in
        require(StateSlots(bytes, uid: Fixture.uid) == nil || isWhole(bytes), "checksums count")
        var reader = InputReader(bytes)
        let file = [0, 1].flatMap { _ in
            Slots.slot(reader.bytes(StateSlot.contentSize), mark: reader.bytes(16))
        }
        let halves = [file.prefix(StateSlot.size), file.suffix(StateSlot.size)]
        let slots = halves.map { StateSlot($0, uid: Fixture.uid) }
        for case let slot? in slots { checkWritten(slot) }
        guard let read = StateSlots(file, uid: Fixture.uid) else { return }
        require(
            read.newest.generation == slots.compactMap { $0?.generation }.max(),
            "the newest one counts"
        )
        let (own, other) = read.place == .first ? (0, 1) : (1, 0)
        require(
            SyncedMark.decode(halves[own]) != read.newest.generation + 1,
            "an older one does not count where a newer one was on the disk"
        )
        require(
            read.isDurable == (SyncedMark.decode(halves[other]) == read.newest.generation),
            "the other slot's mark says whether it is on the disk"
        )
        Slots.check(read.newest.state)
    }

    private static func isWhole(_ file: [UInt8]) -> Bool {
        [0, StateSlot.size].contains { offset in
            let body = file[offset..<offset + StateSlot.checksumOffset]
            let checksum = StateSlot.checksum(of: body)
            return file.dropFirst(offset + body.count).starts(with: checksum)
        }
    }

    private static func checkWritten(_ slot: StateSlot) {
        let written = slot.encode(uid: Fixture.uid)
        require(written.count == StateSlot.size, "a slot has its size")
        let again = StateSlot(written[...], uid: Fixture.uid)
        require(
            again?.state == slot.state && again?.generation == slot.generation,
            "what is written reads the same"
        )
        require(StateSlot(written[...], uid: Fixture.uid + 1) == nil, "a slot has one owner")
        let saved = SavedState.encode(slot.state, uid: Fixture.uid)
        let restored = SavedState.decode(saved, uid: Fixture.uid)
        require(restored == slot.state, "a backup's state reads the same")
    }

    /// Bytes altered in a state of two slots, of which the second is newer and on the disk.
    static let damagedState = FuzzTarget(name: "damaged-state") { bytes in
        var older = Fixture.state
        older.authenticators[0].next -= 1
        let newer = Fixture.state
        var file = StateSlot(generation: 7, state: older).encode(uid: Fixture.uid)
        file += StateSlot(generation: 8, state: newer).encode(uid: Fixture.uid)
        file.replaceSubrange(
            StateSlot.markOffset..<StateSlot.size,
            with: SyncedMark.encode(generation: 8)
        )
        let damaged = Damage([.alter]).applied(to: file, by: bytes)
        let altered = file.indices.filter { file[$0] != damaged[$0] }
        let isOnlyOneSlot =
            altered.allSatisfy { $0 < StateSlot.size }
            || altered.allSatisfy { $0 >= StateSlot.size }
        guard let read = StateSlots(damaged, uid: Fixture.uid) else {
            require(!altered.isEmpty, "a state that is whole can be read")
            return
        }
        let isNewest = read.newest.state == newer && read.newest.generation == 8
        require(isNewest || read.newest.state == older, "it is a state that was written")
        require(isNewest || !isOnlyOneSlot, "damage to one slot never brings an older state back")
    }
}

enum Slots {
    static func slot(_ content: [UInt8], mark: [UInt8]) -> [UInt8] {
        var slot = content
        slot += [UInt8](repeating: 0, count: StateSlot.checksumOffset - slot.count)
        slot += StateSlot.checksum(of: slot[...])
        slot += [UInt8](repeating: 0, count: StateSlot.markOffset - slot.count)
        return slot + mark
    }

    /// What the rest of the program relies on.
    static func check(_ state: LoginState) {
        require(
            state.authenticators.count <= Enrollment.maximumAuthenticators
                && state.authenticators.allSatisfy { $0.next >= 0 },
            "a state is within its bounds"
        )
        let used = [state.recovery, state.importedRecovery].compactMap { $0?.used }
        require(used.allSatisfy { $0 < 1 << RecoveryCode.count }, "no code is used that is none")
        // These must hold their own for every state that can be read.
        for now in [Fixture.now, .min, .max, 0] {
            let rebuilt = Rebuilding(of: Fixture.enrollment, from: state, at: now, under: Policy())
            checkNeverBack(from: state, to: rebuilt.state)
            let restored = Restoration(
                of: Fixture.enrollment,
                Fixture.state,
                over: Fixture.enrollment,
                state,
                at: now,
                under: Policy()
            )
            checkNeverBack(from: state, to: restored.state)
        }
    }

    /// By id, of which a state that was not written here may have one twice; the first one counts.
    static func checkNeverBack(from old: LoginState, to new: LoginState) {
        for id in old.authenticators.map(\.id) {
            guard let before = old.progress(of: id), let after = new.progress(of: id) else {
                continue
            }
            require(after.next >= before.next, "no step or counter comes back")
        }
    }
}
