import System
import Testing
import Verification

@testable import Store

/// Crashes at every point of a sequence of logins, with every subset of what was not yet synced.
///
/// A login's state is known by its number, kept where the time of the last success is.
@Suite struct CrashTests {
    /// A file, and the last login whose answer somebody has heard.
    private struct World: Hashable {
        var file: SimulatedFile
        var answered: Int64
    }

    private func number(_ bytes: [UInt8]) -> Int64? {
        StateSlots(bytes, uid: 1000)?.newest.state.lastSuccessAt
    }

    private func state(_ number: Int64) -> LoginState {
        var state = fullState()
        state.lastSuccessAt = number
        for index in state.authenticators.indices { state.authenticators[index].next = number }
        return state
    }

    /// A login, by StateFile's documented order of writes: every world that can come of it.
    ///
    /// It may be killed after every step, the power may fail, a sync may fail.
    private func outcomes(of login: World) -> [World] {
        var world = login
        var outcomes: [World] = []
        func interruption() {
            outcomes.append(world)
            outcomes += world.file.powerCuts().map { World(file: $0, answered: world.answered) }
        }
        func sync() {
            interruption()
            outcomes += world.file.failedSyncs().map { World(file: $0, answered: world.answered) }
            world.file.sync()
            interruption()
        }
        guard let slots = StateSlots(world.file.cache, uid: 1000) else { return [] }
        let (own, other) = (slots.place.offset, slots.place.other.offset)
        if !slots.isDurable {
            world.file.write(Array(world.file.cache[own..<own + StateSlot.size]), at: own)
            sync()
            mark(slots.newest.generation, at: other, in: &world.file)
            interruption()
        }
        let number = slots.newest.state.lastSuccessAt + 1
        let slot = StateSlot(generation: slots.newest.generation + 1, state: state(number))
        world.file.write(slot.encode(uid: 1000), at: other)
        sync()
        mark(slot.generation, at: own, in: &world.file)
        interruption()
        world.answered = number
        interruption()
        return outcomes
    }

    private func mark(_ generation: UInt64, at offset: Int, in file: inout SimulatedFile) {
        file.write(
            SyncedMark.encode(generation: generation),
            at: offset + StateSlot.markOffset
        )
    }

    @Test func `after any crash there is a state, never older than the last answered login`() {
        var worlds: Set<World> = [
            World(
                file: SimulatedFile(durable: StateFile.initialContents(state(0), uid: 1000)),
                answered: 0
            )
        ]
        for round in 1...3 {
            var next: Set<World> = []
            for world in worlds {
                for outcome in outcomes(of: world) { next.insert(outcome) }
            }
            for world in next {
                let found = number(world.file.cache)
                #expect(found != nil, "round \(round)")
                #expect(found ?? 0 >= world.answered, "round \(round)")
                #expect(found ?? 0 <= Int64(round), "round \(round)")
            }
            #expect(next.count > worlds.count)
            worlds = next
        }
    }

    /// Ties the order of writes above to the real one: the bytes that a real file ends up with.
    @Test func `a real state file ends up with the simulated one's bytes`() throws {
        let folder = try TemporaryFolder()
        var world = World(
            file: SimulatedFile(durable: StateFile.initialContents(state(0), uid: 1000)),
            answered: 0
        )
        try folder.write("state", world.file.cache)
        for round in 1...6 {
            if round == 4 {
                // Killed before its mark: the next login settles the slot first.
                let killed = outcomes(of: world).first { $0.file.cache != world.file.cache }
                world = try #require(killed)
                try folder.write("state", world.file.cache)
            }
            let expected = try #require(outcomes(of: world).last { $0.answered > world.answered })
            let here = try FileDescriptor.open(folder.path, .directory)
            var file = try StateFile.open(
                in: here,
                path: "/state",
                uid: 1000,
                owner: Owner.ofTests
            )
            try file.replace(with: state(file.state.lastSuccessAt + 1))
            #expect(try folder.contents("state") == expected.file.cache)
            world = World(
                file: SimulatedFile(durable: expected.file.cache),
                answered: expected.answered
            )
        }
    }
}
