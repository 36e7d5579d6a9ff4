import OTP
import System
import Testing
import Verification

/// An older enrollment file brings nothing back to life: what the state does not know is dead.
@Suite struct AliveTests {
    @Test func `an authenticator that was removed stays dead`() throws {
        var person = Person([try authenticator("phone", id: 1)])
        person.state.authenticators = []
        #expect(person.type(code(0)) == .refused(.wrong))
    }

    @Test func `the same secret enrolled anew is another authenticator`() throws {
        let old = try authenticator("phone", id: 1)
        let new = try authenticator("phone", id: 2)
        var person = Person([old])
        #expect(person.type(code(0)).isAccepted)
        // Restored over the new one: the state knows the new one alone.
        let restored = Person([old])
        let judgement = Verifier.verify(
            Reply(parsing: code(1).utf8),
            of: restored.enrollment,
            LoginState(authenticators: [LoginState.Progress(id: new.id)]),
            at: now,
            under: Policy()
        )
        #expect(judgement.verdict == .refused(.wrong))
    }

    @Test func `recovery codes that were replaced stay dead`() throws {
        var person = Person([try authenticator()], recovery: try recoverySet())
        person.state.recovery = LoginState.RecoveryUse(id: Identifier(value: 0xffff))
        #expect(person.type(recoveryCode(0)) == .refused(.wrong))
        person.state.recovery = nil
        #expect(person.type(recoveryCode(0)) == .refused(.wrong))
    }
}
