import OTP
import Testing
import Verification

/// Waiting and stopping after wrong codes.
@Suite struct ThrottleTests {
    private func person(wrong count: Int) throws -> Person {
        var person = Person([try authenticator()], recovery: try recoverySet())
        for _ in 0..<count { person.type("000000") }
        return person
    }

    @Test func `five wrong codes in a row are looked at, the sixth has to wait`() throws {
        var person = try person(wrong: 0)
        for _ in 0..<5 { #expect(person.type("000000") == .refused(.wrong)) }
        #expect(person.type("000000") == .refused(.waiting(seconds: 30)))
        #expect(person.type(code(0)) == .refused(.waiting(seconds: 30)))
        #expect(person.type(code(0), at: now + 29) == .refused(.waiting(seconds: 1)))
        #expect(person.type(code(1), at: now + 30).isAccepted)
    }

    @Test func `what is not looked at is not charged, counted or written`() throws {
        let person = try person(wrong: 5)
        #expect(person.judge("000000").state == nil)
        #expect(person.state.throttle.charged == 5)
        #expect(person.state.wrongSinceSuccess == 5)
    }

    @Test func `the waits double up to a quarter of an hour`() throws {
        var person = try person(wrong: 5)
        var time = now
        for wait in [30, 60, 120, 240, 480, 900, 900, 900] as [Int64] {
            #expect(person.type("000000", at: time) == .refused(.waiting(seconds: wait)))
            time += wait
            #expect(person.type("000000", at: time) == .refused(.wrong))
        }
    }

    @Test func `a login ends the wait and gives three back`() throws {
        var person = try person(wrong: 5)
        #expect(person.type(code(2), at: now + 60).isAccepted)
        #expect(person.state.throttle.charged == 2)
        for _ in 0..<5 { #expect(person.type("000000", at: now + 61) == .refused(.wrong)) }
    }

    @Test func `a recovery code works while waiting, and ends the wait`() throws {
        var person = try person(wrong: 5)
        #expect(person.type(recoveryCode(3)).isAccepted)
        #expect(person.type(code(0)).isAccepted)
    }

    @Test func `an empty purse stops the codes for good, but not the recovery codes`() throws {
        var person = try person(wrong: 0)
        person.state.throttle.charged = 100
        for time in [now, now + 10_000_000] {
            #expect(person.type(code(0), at: time) == .refused(.stopped))
        }
        #expect(person.type(recoveryCode(0)).isAccepted)
        #expect(person.type(code(0)) == .refused(.stopped))
        #expect(person.state.throttle.charged == 100)
    }

    @Test func `wrong recovery codes are told and not charged`() throws {
        var person = try person(wrong: 0)
        for _ in 0..<200 {
            #expect(person.type("0000-0000-0000-0000") == .refused(.wrong))
        }
        #expect(person.state.throttle == LoginState.Throttle())
        #expect(person.type(code(0)).acceptance?.wrongBefore == 200)
    }

    @Test func `codes already used and what is no code are not charged`() throws {
        var person = Person([try authenticator()])
        person.type(code(0))
        for _ in 0..<20 {
            person.type(code(0))
            person.type("correct horse battery staple")
        }
        #expect(person.state.throttle == LoginState.Throttle())
    }

    @Test(arguments: [1, 3600, 315_360_000, now] as [Int64])
    func `a clock set back makes no wait longer than its quarter of an hour`(back: Int64) throws {
        var person = Person([try authenticator()])
        for _ in 0..<5 { person.type("000000") }
        person.state.throttle.consecutiveWrong = 40
        let then = now - back
        guard case .refused(.waiting(let seconds)) = person.type("000000", at: then) else {
            Issue.record("did not have to wait")
            return
        }
        #expect(seconds == 900)
        #expect(person.type("000000", at: then + 900) == .refused(.wrong))
    }

    @Test(arguments: [Int64.min, -1, 0, Int64.max])
    func `no time makes it trap`(time: Int64) throws {
        var person = Person([try authenticator()])
        for at in [time, now, time] {
            for _ in 0..<7 { person.type("000000", at: at) }
        }
        #expect(person.state.throttle.charged >= 5)
    }
}
