internal import System
internal import Verification

/// What the two slots of a state file say together: a pure function of their bytes.
///
/// A state is written over the older slot, and only while the newer one is known to be on the disk,
/// so that a write that tears always leaves a whole, durable slot behind. That a slot is on the disk
/// is marked in the other slot. The mark thus outlives its slot: if the newest state is destroyed
/// after its login was answered, the older one is known to be out of date and is not used, for it
/// would let a code in a second time.
struct StateSlots {
    /// The newest state, and its slot's place in the file.
    let newest: StateSlot
    let place: Place
    /// Whether the newest slot is known to be on the disk.
    let isDurable: Bool

    enum Place {
        case first
        case second

        var other: Place { self == .first ? .second : .first }
        var offset: Int { self == .first ? 0 : StateSlot.size }
    }

    /// The newest state that is whole, out of date though it may be; for `totp-admin repair`.
    static func newestWhole(_ bytes: [UInt8], uid: UserID) -> LoginState? {
        let halves = [bytes.prefix(StateSlot.size), bytes.dropFirst(StateSlot.size)]
        let slots = halves.compactMap { StateSlot($0, uid: uid) }
        return slots.max { $0.generation < $1.generation }?.state
    }

    /// What the slots say once `newest` has been written to `place` and synced.
    init(settled newest: StateSlot, at place: Place) {
        self.newest = newest
        self.place = place
        isDurable = true
    }

    static let fileSize = 2 * StateSlot.size

    /// Nil if there is no state that can be believed.
    init?(_ bytes: [UInt8], uid: UserID) {
        guard bytes.count == Self.fileSize else { return nil }
        let halves = (bytes[..<StateSlot.size], bytes[StateSlot.size...])
        let slots = (StateSlot(halves.0, uid: uid), StateSlot(halves.1, uid: uid))
        let marks = (SyncedMark.decode(halves.0), SyncedMark.decode(halves.1))
        switch slots {
        case (let first?, let second?):
            // They are written in turn; two that are not neighbours were not written by us.
            if first.generation == second.generation + 1 {
                (newest, place) = (first, .first)
            } else if second.generation == first.generation + 1 {
                (newest, place) = (second, .second)
            } else {
                return nil
            }
        case (let first?, nil): (newest, place) = (first, .first)
        case (nil, let second?): (newest, place) = (second, .second)
        case (nil, nil): return nil
        }
        let (own, other) = place == .first ? (marks.0, marks.1) : (marks.1, marks.0)
        // The newest whole slot says that a newer state was on the disk: it is lost.
        if own == newest.generation + 1 { return nil }
        isDurable = other == newest.generation
    }
}
