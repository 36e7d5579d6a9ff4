import OTP
import System
import Testing
import Verification

/// A state rebuilt after damage: nothing that may have been used works again.
@Suite struct RebuildingTests {
    private func person() throws -> Person {
        Person([try authenticator("phone")], recovery: try recoverySet())
    }

    private func rebuilt(_ person: Person, from salvaged: LoginState?) -> (Person, [Text]) {
        var rebuilt = person
        let rebuilding = Rebuilding(
            of: person.enrollment,
            from: salvaged,
            at: now,
            under: person.policy
        )
        rebuilt.state = rebuilding.state
        return (rebuilt, rebuilding.losses)
    }

    /// What the authenticator shows at that time.
    private func shown(at time: Int64) -> String {
        let code = HOTP.code(
            secret: SecretBytes(exampleSecret),
            counter: UInt64(time / 30),
            algorithm: .sha1,
            digits: 6
        )
        return HOTP.text(code, digits: 6).description
    }

    @Test func `with nothing left, no code works that may have been accepted before`() throws {
        var used = try person()
        // An authenticator whose clock is as far ahead as it may be, used just before.
        used.state.authenticators[0].drift = 20
        var (rebuilt, losses) = rebuilt(used, from: nil)
        for offset in -1...21 {
            let later = now + Int64(30 * offset)
            rebuilt.state.throttle = LoginState.Throttle()
            let verdict = rebuilt.judge(shown(at: later), at: later).verdict
            #expect(!verdict.isAccepted, "\(offset)")
        }
        #expect(losses.contains("'phone' works again in 660 seconds"))
        #expect(losses.contains("how many wrong codes there were is lost"))
    }

    @Test func `after the time that it names, it works again`() throws {
        var (rebuilt, _) = rebuilt(try person(), from: nil)
        let later = now + 660
        #expect(rebuilt.type(shown(at: later), at: later).isAccepted)
    }

    @Test func `from an older state, what the last login may have used stays used`() throws {
        var person = try person()
        let before = person.state
        person.type(code(1))
        var (rebuilt, losses) = rebuilt(person, from: before)
        for offset in -1...2 { #expect(!rebuilt.judge(code(offset)).verdict.isAccepted) }
        #expect(rebuilt.type(code(3), at: now + 90).isAccepted)
        #expect(losses.first == "'phone' works again in 90 seconds")
    }

    @Test func `no recovery code works again, used or not`() throws {
        let person = try person()
        for salvaged in [nil, person.state] {
            let (rebuilt, losses) = rebuilt(person, from: salvaged)
            for slot in 0..<10 {
                #expect(!rebuilt.judge(recoveryCode(slot)).verdict.isAccepted)
            }
            #expect(losses.contains { $0.description.hasPrefix("which recovery codes are used") })
        }
    }

    @Test func `a counter is given up`() throws {
        let token = Person([try authenticator("token", parameters: .hotp())])
        let (rebuilt, losses) = rebuilt(token, from: token.state)
        #expect(rebuilt.state.authenticators.isEmpty)
        #expect(losses.first?.description.hasPrefix("'token' counts") == true)
    }

    @Test func `what was charged stays charged`() throws {
        var person = try person()
        for _ in 0..<4 { person.type("000000") }
        let (rebuilt, _) = rebuilt(person, from: person.state)
        #expect(rebuilt.state.throttle == person.state.throttle)
        #expect(rebuilt.state.wrongSinceSuccess == 4)
    }

    @Test func `what was disabled stays disabled, or its loss is named`() throws {
        var person = try person()
        person.state.authenticators[0].isDisabled = true
        var (rebuilt, losses) = rebuilt(person, from: person.state)
        #expect(losses.first == "'phone' stays disabled")
        let later = now + 660
        #expect(rebuilt.type(shown(at: later), at: later) == .refused(.wrong))
        (rebuilt, losses) = self.rebuilt(person, from: nil)
        #expect(losses.contains("what was disabled is lost: disable it again"))
    }

    @Test func `an authenticator that was dead is not brought back`() throws {
        let person = try person()
        let (rebuilt, _) = rebuilt(person, from: LoginState())
        #expect(rebuilt.state.authenticators.isEmpty)
    }
}
