import OTP
import System
import Testing
import Verification

/// A code opens one login, once (RFC 6238 §5.2), whatever the clock does.
@Suite struct ReplayTests {
    private let replayed = Verdict.refused(.replayed(authenticator: "phone"))

    @Test func `the same code twice is replayed`() throws {
        var person = Person([try authenticator()])
        #expect(person.type(code(0)).isAccepted)
        #expect(person.type(code(0)) == replayed)
        #expect(person.type(code(0), at: now + 1) == replayed)
        #expect(person.type(code(0), at: now + 30) == replayed)
    }

    @Test func `an older step after a newer one is refused`() throws {
        var person = Person([try authenticator()], window: 2)
        #expect(person.type(code(1)).isAccepted)
        for offset in [0, -1, 1] { #expect(person.type(code(offset)) == replayed) }
        #expect(person.type(code(2)).isAccepted)
    }

    @Test func `steps in their order are accepted one by one`() throws {
        var person = Person([try authenticator()], window: 2)
        for offset in -2...2 { #expect(person.type(code(offset)).isAccepted) }
    }

    @Test func `a clock that goes back opens no step again`() throws {
        var person = Person([try authenticator()])
        #expect(person.type(code(0)).isAccepted)
        for offset in -4...0 {
            let then = now + Int64(30 * offset)
            #expect(!person.type(code(offset), at: then).isAccepted)
        }
        #expect(!person.type(code(0)).isAccepted)
        #expect(person.type(code(1)).isAccepted)
    }

    @Test func `a refused replay changes nothing but what is told`() throws {
        var person = Person([try authenticator()])
        person.type(code(0))
        let before = person.state
        person.type(code(0))
        #expect(person.state == before)
    }

    @Test func `a replay is written like any other verdict`() throws {
        var person = Person([try authenticator()])
        person.type(code(0))
        #expect(person.judge(code(0)).state != nil)
        #expect(person.judge("000000").state != nil)
    }

    @Test func `the last code sent again an hour later is known for what it is`() throws {
        var person = Person([try authenticator()])
        person.type(code(0))
        for later in [60, 3600, 86_400] as [Int64] {
            #expect(person.type(code(0), at: now + later) == replayed)
        }
        #expect(person.state.throttle == LoginState.Throttle())
    }

    @Test func `a code before the last that has left the window is only wrong`() throws {
        var person = Person([try authenticator()])
        person.type(code(-1))
        person.type(code(0))
        #expect(person.type(code(-1), at: now + 90) == .refused(.wrong))
    }
}
