import Foundation
import OTP
import Testing

/// Somebody with a history of logins, whose state a test damages.
struct Casualty {
    let person: Enrollee
    /// The code that each login was made with, in turn, and the one for the next.
    let codes: [String]
    /// The state file after so many logins.
    let states: [[UInt8]]

    private let path: String

    fileprivate init(at site: Site, logins: Int) throws {
        // Periods of five minutes, so that no code runs out under `window = 5`.
        person = try site.enroll(.totp(period: 300))
        path = "\(site.record(of: person))/state"
        let now = person.step
        codes = (0...Int64(logins)).map { [person] in person.code(at: now - 2 + $0) }
        var states = [try Self.contents(path)]
        for code in codes.prefix(logins) {
            let answer = try site.login(person, code)
            try #require(answer.code == Answer.success, "\(answer)")
            states.append(try Self.contents(path))
        }
        self.states = states
    }

    private static func contents(_ path: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Writes the file's contents in place: owner and mode stay.
    fileprivate func put(_ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
}

/// What logins returned with a damaged state, and then with the one that it was made from.
struct Trial: Equatable {
    /// The last code that was answered, on the damaged state.
    let used: Int
    /// The next code, on the same.
    let fresh: Int
    /// The next code once more.
    let again: Int
    /// The next code when the state is back.
    let restored: Int

    /// The damage did not matter, or the other slot had all that counts.
    static let survived = Trial(
        used: Answer.refused,
        fresh: Answer.success,
        again: Answer.refused,
        restored: Answer.success
    )
    /// What was lost cannot be known, so nobody gets in.
    static let denied = Trial(
        used: Answer.unavailable,
        fresh: Answer.unavailable,
        again: Answer.unavailable,
        restored: Answer.success
    )
}

extension Site {
    func casualties(_ count: Int, logins: Int) throws -> [Casualty] {
        try (0..<count).map { _ in try Casualty(at: self, logins: logins) }
    }

    /// Tries damage on people who had got so many logins far, as many people at once as there are.
    ///
    /// - Parameters:
    ///   - people: who suffers.
    ///   - logins: how many of theirs had been answered.
    ///   - damages: each makes a state file's contents from somebody's history.
    /// - Returns: what came of each damage, in order.
    /// - Throws: `Failure` if a login gave no answer.
    func trials(
        _ people: [Casualty],
        after logins: Int,
        _ damages: [(Casualty) -> [UInt8]]
    ) throws -> [Trial] {
        try stride(from: 0, to: damages.count, by: people.count).flatMap { start in
            let group = Array(zip(people, damages[start...]))
            let used = group.map { ($0.0.person, $0.0.codes[logins - 1]) }
            let fresh = group.map { ($0.0.person, $0.0.codes[logins]) }
            func damage() throws { for (victim, make) in group { try victim.put(make(victim)) } }
            func restore() throws {
                for (victim, _) in group { try victim.put(victim.states[logins]) }
            }

            try damage()
            let onUsed = try login(used)
            try damage()
            let onFresh = try login(fresh)
            let onAgain = try login(fresh)
            try restore()
            let onRestored = try login(fresh)
            return group.indices.map {
                Trial(
                    used: onUsed[$0].code,
                    fresh: onFresh[$0].code,
                    again: onAgain[$0].code,
                    restored: onRestored[$0].code
                )
            }
        }
    }
}
