import Testing

/// A state file that is not what the last login left.
@Suite struct DamagedStateTests {
    private static let size = 8192
    private static let slotSize = 4096
    /// Magic, state and checksum; behind them are the mark of the other slot and zeroes.
    private static let checked = 4064

    /// Every byte, or in short every 41st and all where headers, checksums and marks are.
    private static let places =
        Soak.isOn
        ? Array(0..<size)
        : (0..<size).filter { place in
            place % 41 == 0
                || [0..<64, 4032..<4160, 8128..<8192].contains { $0.contains(place) }
        }

    /// After two logins the second slot is the newest, after three the first.
    @Test(arguments: [(logins: 2, newest: 4096), (logins: 3, newest: 0)])
    func `a flipped byte denies if the newest state is hit, and else does nothing`(
        logins: Int,
        newest: Int
    ) throws {
        let site = try Site(settings: "window = 5")
        let people = try site.casualties(64, logins: logins)
        let trials = try site.trials(
            people,
            after: logins,
            Self.places.map { place in
                { victim in
                    var bytes = victim.states[logins]
                    bytes[place] ^= 0xff
                    return bytes
                }
            }
        )
        #expect(trials.count == Self.places.count)
        for (place, trial) in zip(Self.places, trials) {
            let isHit = (newest..<newest + Self.checked).contains(place)
            #expect(trial == (isHit ? .denied : .survived), "byte \(place)")
        }
    }

    /// What a state file may turn into as a whole.
    struct Ruin: CustomTestStringConvertible {
        let testDescription: String
        let make: @Sendable ([UInt8]) -> [UInt8]

        init(_ name: String, _ make: @escaping @Sendable ([UInt8]) -> [UInt8]) {
            testDescription = name
            self.make = make
        }
    }

    static let ruins =
        stride(from: 0, to: size, by: 512).map { length in
            Ruin("cut to \(length)") { Array($0.prefix(length)) }
        } + [
            Ruin("one byte short") { Array($0.dropLast()) },
            Ruin("one byte long") { $0 + [0] },
            Ruin("twice") { $0 + $0 },
            Ruin("NUL-filled") { .init(repeating: 0, count: $0.count) },
            Ruin("0xff-filled") { .init(repeating: 0xff, count: $0.count) },
            Ruin("the first slot twice") { Array($0.prefix(slotSize) + $0.prefix(slotSize)) },
            Ruin("the second slot twice") { Array($0.suffix(slotSize) + $0.suffix(slotSize)) },
        ]

    @Test func `a state that is not of its size, or holds nothing, denies`() throws {
        let site = try Site(settings: "window = 5")
        let people = try site.casualties(Self.ruins.count, logins: 2)
        let trials = try site.trials(
            people,
            after: 2,
            Self.ruins.map { ruin in { ruin.make($0.states[2]) } }
        )
        for (ruin, trial) in zip(Self.ruins, trials) {
            #expect(trial == .denied, "\(ruin.testDescription)")
        }
    }

    @Test func `the state of somebody else denies`() throws {
        let site = try Site(settings: "window = 5")
        let people = try site.casualties(2, logins: 2)
        let others = Array(people.reversed())
        let trials = try site.trials(
            people,
            after: 2,
            others.map { other in { _ in other.states[2] } }
        )
        #expect(trials == [.denied, .denied])
    }
}
