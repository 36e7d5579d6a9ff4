package import System
package import Verification

/// A state as a backup has it: a slot of the state file up to the zeros behind its last item.
package enum SavedState {
    /// Bytes.
    package static let size = StateSlot.contentSize

    package static func encode(_ state: LoginState, uid: UserID) -> [UInt8] {
        Array(StateSlot(generation: 1, state: state).encode(uid: uid).prefix(size))
    }

    /// The state that `bytes` hold; nil if they are no state of this user's.
    package static func decode(_ bytes: [UInt8], uid: UserID) -> LoginState? {
        guard bytes.count == size else { return nil }
        var slot = bytes
        slot.append(zeroesUpTo: StateSlot.checksumOffset)
        slot += StateSlot.checksum(of: slot[...])
        slot.append(zeroesUpTo: StateSlot.size)
        return StateSlot(slot[...], uid: uid)?.state
    }
}
