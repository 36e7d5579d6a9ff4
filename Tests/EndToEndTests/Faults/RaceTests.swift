import OTP
import System
import Testing
import Verification

/// Many logins at the same moment, each a process of its own with the built module.
@Suite struct RaceTests {
    private let rounds = Soak.rounds(30, soak: 500)

    /// Eight logins with one code: one accepted, the others told that it was used, nobody charged.
    private func race(_ person: Enrollee, _ reply: String, at site: Site) throws {
        let answers = try site.login(Array(repeating: (person, reply), count: 8))
        #expect(answers.count { $0.code == Answer.success } == 1)
        #expect(answers.count { $0.code == Answer.refused } == 7)
        #expect(try site.state(of: person).throttle.charged == 0)
    }

    @Test func `one code of a time step from eight at once is accepted once`() throws {
        let site = try Site(settings: "window = 5")
        var left = rounds
        while left > 0 {
            // Periods of five minutes, so that the eleven steps are good for the while.
            let person = try site.enroll(.totp(period: 300))
            let now = person.step
            for step in (now - 4...now + 4).prefix(left) {
                try race(person, person.code(at: step), at: site)
            }
            left -= 9
        }
    }

    @Test func `one code of a counter from eight at once is accepted once`() throws {
        let site = try Site()
        let person = try site.enroll(.hotp())
        for counter in 0..<Int64(rounds) { try race(person, person.code(at: counter), at: site) }
    }

    @Test func `one recovery code from eight at once is accepted once`() throws {
        let site = try Site()
        var left = rounds
        while left > 0 {
            let person = try site.enroll()
            for code in person.recoveryCodes.prefix(left) { try race(person, code, at: site) }
            left -= person.recoveryCodes.count
        }
    }

    @Test(arguments: [8, 32, 64])
    func `different people at once are all accepted`(count: Int) throws {
        let site = try Site()
        let people = try (0..<count).map { _ in try site.enroll() }
        let answers = try site.login(people.map { ($0, $0.code()) })
        #expect(answers.allSatisfy { $0.code == Answer.success })
    }

    @Test func `of 64 wrong codes at once five are looked at, and all five are counted`() throws {
        let site = try Site()
        let person = try site.enroll()
        let answers = try site.login(Array(repeating: (person, person.wrongCode), count: 64))
        #expect(answers.count { $0.code == Answer.refused } == 5)
        #expect(answers.count { $0.code == Answer.tooMany } == 59)
        let state = try site.state(of: person)
        #expect(state.throttle.charged == 5)
        #expect(state.wrongSinceSuccess == 5)
    }
}
