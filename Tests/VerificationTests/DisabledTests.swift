import OTP
import System
import Testing
import Verification

/// An authenticator that an administrator has put out of use.
@Suite struct DisabledTests {
    private func two() throws -> Person {
        var person = Person(
            [
                try authenticator("phone", id: 1),
                try authenticator("token", id: 2, secret: otherSecret),
            ],
            recovery: try recoverySet()
        )
        person.state.authenticators[0].isDisabled = true
        return person
    }

    @Test func `its code is refused exactly as a wrong one is`() throws {
        let person = try two()
        // Good now, used before, and never any of its own.
        for step in [0, nowStep + 1] {
            var person = person
            person.state.authenticators[0].next = step
            #expect(person.judge(code(0)) == person.judge("000000"))
            #expect(person.judge(code(0)).state?.throttle.charged == 1)
        }
    }

    @Test func `the others and the recovery codes go on working`() throws {
        var person = try two()
        #expect(person.type(otherCode).acceptance?.means == .authenticator(name: "token"))
        #expect(person.type(recoveryCode(0)).isAccepted)
        #expect(person.state.progress(of: Identifier(value: 1))?.isDisabled == true)
    }

    @Test func `with none left but disabled ones, no code is accepted`() throws {
        var person = try two()
        person.state.authenticators[1].isDisabled = true
        #expect(person.type(code(0)) == .refused(.wrong))
        #expect(person.type(otherCode) == .refused(.wrong))
        #expect(person.type(recoveryCode(0)).isAccepted)
    }

    @Test func `enabled again, it goes on where it was`() throws {
        var person = try two()
        person.state.authenticators[0].next = nowStep + 1
        person.state.authenticators[0].isDisabled = false
        #expect(person.type(code(0)) == .refused(.replayed(authenticator: "phone")))
        #expect(person.type(code(1)).isAccepted)
    }

    @Test func `two codes in a row put it in step and leave it disabled`() throws {
        let phone = try authenticator("phone", id: 1)
        let known = LoginState.Progress(id: phone.id, isDisabled: true)
        let found = Resynchronization.progress(
            of: phone,
            known,
            showing: (406058, 661763),
            at: now,
            under: Policy()
        )
        #expect(found?.isDisabled == true)
    }
}
