import OTP
import System
import Testing
import Verification

/// Counter-based authenticators (RFC 4226 §7.2, §7.4).
///
/// The codes are oathtool's.
@Suite struct CounterTests {
    private func person(next: Int64, lookAhead: Int64) throws -> Person {
        var person = Person([try authenticator(parameters: .hotp())])
        person.state.authenticators[0].next = next
        person.policy.lookAhead = lookAhead
        return person
    }

    @Test(arguments: [(0, 1), (5, 10), (20, 3), (0, 40)])
    func `as many counters as look_ahead are accepted, from the next one on`(
        next: Int,
        lookAhead: Int
    ) throws {
        let person = try person(next: Int64(next), lookAhead: Int64(lookAhead))
        let accepted = codeByCounter.indices.filter {
            person.judge(codeByCounter[$0]).verdict.isAccepted
        }
        #expect(accepted == Array(next..<next + lookAhead))
    }

    @Test func `without a setting it is ten`() {
        #expect(Policy().lookAhead == 10)
    }

    @Test func `what is accepted moves the counter past it`() throws {
        var person = try person(next: 0, lookAhead: 10)
        #expect(person.type(codeByCounter[4]).isAccepted)
        #expect(person.state.authenticators[0].next == 5)
        for counter in 0...4 { #expect(!person.judge(codeByCounter[counter]).verdict.isAccepted) }
        #expect(person.type(codeByCounter[5]).isAccepted)
        #expect(!person.judge(codeByCounter[16]).verdict.isAccepted)
        #expect(person.type(codeByCounter[15]).isAccepted)
    }

    @Test func `a wrong code does not move the counter`() throws {
        var person = try person(next: 3, lookAhead: 10)
        #expect(person.type("000000") == .refused(.wrong))
        #expect(person.state.authenticators[0].next == 3)
    }

    @Test func `the time does not matter`() throws {
        for time in [0, now, Int64.max, .min] {
            var person = try person(next: 7, lookAhead: 1)
            #expect(person.type(codeByCounter[7], at: time).isAccepted)
        }
    }

    @Test func `a used code that is sent twice is replayed, and not charged`() throws {
        var person = try person(next: 0, lookAhead: 10)
        person.type(codeByCounter[3])
        #expect(person.type(codeByCounter[3]) == .refused(.replayed(authenticator: "phone")))
        #expect(person.state.throttle.charged == 0)
        #expect(person.state.authenticators[0].next == 4)
    }
}
