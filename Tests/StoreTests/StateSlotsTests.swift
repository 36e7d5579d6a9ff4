import System
import Testing
import Verification

@testable import Store

/// What two slots say together.
///
/// A state is known here by its `lastSuccessAt`.
@Suite struct StateSlotsTests {
    /// A slot to put into a file.
    private enum Half {
        case whole(generation: UInt64, mark: UInt64?)
        case torn(mark: UInt64?)
        case empty

        var bytes: [UInt8] {
            switch self {
            case .empty: return [UInt8](repeating: 0, count: 4096)
            case .torn(let mark):
                var bytes = Half.whole(generation: 1000, mark: mark).bytes
                bytes[100] ^= 1
                return bytes
            case .whole(let generation, let mark):
                var state = LoginState()
                state.lastSuccessAt = Int64(generation)
                var bytes = StateSlot(generation: generation, state: state).encode(uid: 1000)
                if let mark {
                    bytes.replaceSubrange(4080..., with: SyncedMark.encode(generation: mark))
                }
                return bytes
            }
        }
    }

    /// The newest state's generation and whether it is durable, in both orders of the slots.
    private func verdict(_ one: Half, _ other: Half) -> (newest: Int64, isDurable: Bool)? {
        let there = StateSlots(one.bytes + other.bytes, uid: 1000)
        let back = StateSlots(other.bytes + one.bytes, uid: 1000)
        #expect(there?.newest.state == back?.newest.state)
        #expect(there?.isDurable == back?.isDurable)
        #expect(there?.place.offset != back?.place.offset || there == nil)
        return there.map { ($0.newest.state.lastSuccessAt, $0.isDurable) }
    }

    @Test func `the newer of two slots counts, durable if the older one says so`() {
        #expect(
            verdict(.whole(generation: 5, mark: nil), .whole(generation: 4, mark: 5))! == (5, true)
        )
        #expect(
            verdict(.whole(generation: 5, mark: 4), .whole(generation: 4, mark: 5))! == (5, true)
        )
        #expect(
            verdict(.whole(generation: 5, mark: nil), .whole(generation: 4, mark: nil))! == (
                5, false
            )
        )
        #expect(
            verdict(.whole(generation: 5, mark: nil), .whole(generation: 4, mark: 3))! == (5, false)
        )
        #expect(
            verdict(.whole(generation: 5, mark: 5), .whole(generation: 4, mark: 4))! == (5, false)
        )
    }

    @Test func `a torn newest slot that nobody was answered for leaves the older one`() {
        #expect(verdict(.whole(generation: 4, mark: nil), .torn(mark: nil))! == (4, false))
        #expect(verdict(.whole(generation: 4, mark: 3), .torn(mark: 4))! == (4, true))
        #expect(verdict(.whole(generation: 4, mark: nil), .empty)! == (4, false))
    }

    @Test func `a newest slot that was destroyed after its login leaves nothing to believe`() {
        #expect(verdict(.whole(generation: 4, mark: 5), .torn(mark: nil)) == nil)
        #expect(verdict(.whole(generation: 4, mark: 5), .torn(mark: 4)) == nil)
        #expect(verdict(.whole(generation: 4, mark: 5), .empty) == nil)
    }

    @Test func `without a whole slot there is no state`() {
        #expect(verdict(.torn(mark: nil), .torn(mark: nil)) == nil)
        #expect(verdict(.torn(mark: 4), .torn(mark: 5)) == nil)
        #expect(verdict(.empty, .empty) == nil)
    }

    @Test(arguments: [(5, 5), (5, 3), (5, 7), (1, 100)] as [(UInt64, UInt64)])
    func `two slots that are not neighbours are not ours`(one: UInt64, other: UInt64) {
        for mark in [nil, one, other] {
            #expect(
                verdict(.whole(generation: one, mark: mark), .whole(generation: other, mark: mark))
                    == nil
            )
        }
    }

    @Test func `what is rebuilt begins with the newest slot that is whole, believed or not`() {
        let cases: [(Half, Half, Int64?)] = [
            (.whole(generation: 3, mark: nil), .whole(generation: 7, mark: nil), 7),
            (.whole(generation: 4, mark: 5), .torn(mark: 4), 4),
            (.torn(mark: nil), .empty, nil),
        ]
        for (one, other, newest) in cases {
            for bytes in [one.bytes + other.bytes, other.bytes + one.bytes] {
                #expect(StateSlots(bytes, uid: 1000) == nil)
                #expect(StateSlots.newestWhole(bytes, uid: 1000)?.lastSuccessAt == newest)
            }
        }
    }

    @Test func `a mark that is not whole is none`() {
        for index in 4080..<4096 {
            var older = Half.whole(generation: 4, mark: 5).bytes
            older[index] ^= 0x10
            let slots = StateSlots(
                older + Half.whole(generation: 5, mark: nil).bytes,
                uid: 1000
            )
            #expect(slots?.newest.generation == 5)
            #expect(slots?.isDurable == false)
        }
    }

    @Test(arguments: [0, 1, 4096, 8191, 8193, 12288])
    func `a file of another size is no state`(size: Int) {
        let whole =
            Half.whole(generation: 4, mark: 5).bytes + Half.whole(generation: 5, mark: 4).bytes
        let bytes = Array((whole + whole).prefix(size))
        #expect(StateSlots(bytes, uid: 1000) == nil)
        #expect(StateSlots(whole, uid: 1000) != nil)
    }

    @Test func `another user's file is no state`() {
        let bytes = StateFile.initialContents(fullState(), uid: 1000)
        #expect(StateSlots(bytes, uid: 1001) == nil)
    }

    @Test func `a new file is whole, durable, and no byte of it is left to allocate`() {
        let bytes = StateFile.initialContents(fullState(), uid: 1000)
        let slots = StateSlots(bytes, uid: 1000)
        #expect(bytes.count == 8192)
        #expect(slots?.newest.state == fullState())
        #expect(slots?.isDurable == true)
        #expect(StateSlot(bytes[..<4096], uid: 1000)?.state == fullState())
        #expect(StateSlot(bytes[4096...], uid: 1000)?.state == fullState())
    }
}
