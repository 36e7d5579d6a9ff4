import OTP
import System
import Testing

@testable import Verification

/// Authenticators whose clock is off (RFC 6238 §6).
@Suite struct DriftTests {
    private func step(_ offset: Int64) -> Int64 { nowStep + offset }

    private func drift(_ person: Person) -> Int32 { person.state.authenticators[0].drift }

    /// The code that an authenticator shows when its clock says `time`.
    private func shown(at time: Int64) throws -> String {
        let phone = try authenticator()
        let code = TOTP.code(
            secret: phone.secret,
            step: TOTP.step(at: time, period: 30),
            algorithm: .sha1,
            digits: 6
        )
        return HOTP.text(try #require(code), digits: 6).description
    }

    @Test func `it is learnt one step at a time`() throws {
        var person = Person([try authenticator()], window: 2)
        #expect(person.type(code(2)).isAccepted)
        #expect(drift(person) == 1)
        // One more step ahead: +3 of now, which a window of 2 around 0 would not reach.
        #expect(person.type(code(3)).isAccepted)
        #expect(drift(person) == 2)
    }

    @Test func `it is unlearnt the same way`() throws {
        var person = Person([try authenticator()])
        person.state.authenticators[0].drift = 1
        #expect(person.type(code(0)).isAccepted)
        #expect(drift(person) == 0)
    }

    @Test func `a clock that runs slow by a second a day is followed for years`() throws {
        var person = Person([try authenticator()])
        for day in 0..<600 {
            let time = now + Int64(day) * 86_400
            #expect(
                person.type(try shown(at: time - Int64(day)), at: time).isAccepted,
                "day \(day)"
            )
        }
        #expect(drift(person) == -20)
    }

    @Test(arguments: [0, 1, 3] as [Int64])
    func `it never goes beyond max_drift`(limit: Int64) throws {
        var person = Person([try authenticator()], window: 1)
        person.policy.maxDrift = limit
        for ahead in 1...6 { person.type(try shown(at: now + Int64(30 * ahead))) }
        #expect(Int64(drift(person)) == limit)
        // The furthest code that is accepted is one step beyond it.
        #expect(!person.type(try shown(at: now + 30 * (limit + 2))).isAccepted)
    }

    @Test func `a limit that is lowered later holds at once`() throws {
        var person = Person([try authenticator()])
        person.state.authenticators[0].drift = 15
        person.policy.maxDrift = 2
        #expect(!person.type(try shown(at: now + 15 * 30)).isAccepted)
        #expect(person.type(try shown(at: now + 2 * 30)).isAccepted)
        #expect(drift(person) == 2)
    }

    @Test func `a wrong code teaches nothing`() throws {
        var person = Person([try authenticator()])
        person.type(code(3))
        #expect(drift(person) == 0)
    }
}
