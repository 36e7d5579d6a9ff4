import Foundation
import Testing

/// pamtester, as each of several people has it.
@Suite struct LockerTests {
    /// Everybody's attempts at the same moment.
    ///
    /// - Parameter attempts: who tries, with which code.
    /// - Returns: the exit status of each.
    /// - Throws: `Failure` if they could not be run.
    private func unlock(_ attempts: [(person: Person, code: String)]) throws -> [Int] {
        let lines = attempts.enumerated().map { index, attempt in
            """
            (echo \(attempt.code) | runuser -u \(attempt.person.name) -- \
            pamtester \(Stack.codeAlone.rawValue) \(attempt.person.name) authenticate \
            >/dev/null 2>&1; echo \(index) $?) &
            """
        }
        let script = (lines + ["wait"]).joined(separator: "\n")
        let results = try Command.output(of: "sh", "-c", script).split(separator: "\n")
            .map { $0.split(separator: " ").compactMap { Int($0) } }
            .sorted { $0[0] < $1[0] }
        guard results.map(\.first) == Array(attempts.indices) else {
            throw Failure("\(attempts.count) attempts, but \(results)")
        }
        return results.map { $0[1] }
    }

    @Test func `of fifty at once, five times each of ten people, one each is let in`() throws {
        let people = try (0..<10).map { try Person(named: "locked-out-\($0)") }
        let authenticators = try people.map { try $0.enroll() }
        try Step.wait(forSecondsLeft: 10)
        let codes = try authenticators.map { try $0.code() }
        let attempts = zip(people, codes).map { (person: $0, code: $1) }
        let statuses = try unlock((0..<5).flatMap { _ in attempts })
        for index in people.indices {
            let own = stride(from: index, to: statuses.count, by: people.count).map { statuses[$0] }
            #expect(own.sorted() == [0, 1, 1, 1, 1], "\(people[index].name)")
            // A code that was used is not a wrong one.
            #expect(try people[index].status("wrong_codes_since_last_login") == 0)
        }
    }

    @Test func `somebody's own code opens no other person's lock`() throws {
        let (mine, other) = (try Person(named: "locked-mine"), try Person(named: "locked-other"))
        let (code, theirs) = (try mine.enroll().code(), try other.enroll().code())
        #expect(try unlock([(mine, theirs), (other, code)]) == [1, 1])
        #expect(try unlock([(mine, code), (other, theirs)]) == [0, 0])
    }
}
