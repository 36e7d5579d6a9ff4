import Testing

/// A slot of which some sectors are of the state before a login and some of the one after it.
@Suite struct TornStateTests {
    private static let sectorSize = 512
    private static let sectors = 0..<8
    /// The sectors that a login changes: the first has the state, the last the checksum.
    private static let changed = 0b1000_0001

    /// Which sectors get mixed in, as bits: all up to a boundary, all from one on, or every choice.
    private static let choices: [Int] =
        Soak.isOn
        ? Array(0...255)
        : Set((0...8).flatMap { [255 >> $0, 255 << $0 & 255] }).sorted()

    /// A state with some sectors from another in the slot that a login wrote.
    private static func mix(
        _ sectors: Int,
        of other: [UInt8],
        into state: [UInt8],
        writtenBy login: Int
    ) -> [UInt8] {
        // The first slot is that of odd logins.
        let slot = login.isMultiple(of: 2) ? 4096 : 0
        var bytes = state
        for sector in Self.sectors where sectors & 1 << sector != 0 {
            let start = slot + sector * sectorSize
            bytes.replaceSubrange(
                start..<start + sectorSize,
                with: other[start..<start + sectorSize]
            )
        }
        return bytes
    }

    @Test(arguments: [2, 3])
    func `a login whose slot tore before its answer has not happened`(login: Int) throws {
        let site = try Site(settings: "window = 5")
        let people = try site.casualties(Self.choices.count, logins: login)
        let trials = try site.trials(
            people,
            after: login - 1,
            Self.choices.map { choice in
                // The other slot has no mark of it yet: that one is written after the sync.
                { victim in
                    let (old, new) = (victim.states[login - 1], victim.states[login])
                    return Self.mix(choice, of: new, into: old, writtenBy: login)
                }
            }
        )
        #expect(trials.count == Self.choices.count)
        for (choice, trial) in zip(Self.choices, trials) {
            let isWhole = choice & Self.changed == Self.changed
            #expect(trial == (isWhole ? .happened : .survived), "new sectors \(choice)")
        }
    }

    @Test(arguments: [2, 3])
    func `an answered login whose slot loses a sector denies`(login: Int) throws {
        let site = try Site(settings: "window = 5")
        let people = try site.casualties(Self.choices.count, logins: login)
        let trials = try site.trials(
            people,
            after: login,
            Self.choices.map { choice in
                { victim in
                    let (old, new) = (victim.states[login - 1], victim.states[login])
                    return Self.mix(choice, of: old, into: new, writtenBy: login)
                }
            }
        )
        #expect(trials.count == Self.choices.count)
        for (choice, trial) in zip(Self.choices, trials) {
            let isWhole = choice & Self.changed == 0
            #expect(trial == (isWhole ? .survived : .denied), "old sectors \(choice)")
        }
    }
}

extension Trial {
    /// The login that was interrupted counts, although nobody was told.
    fileprivate static let happened = Trial(
        used: Answer.refused,
        fresh: Answer.refused,
        again: Answer.refused,
        restored: Answer.success
    )
}
