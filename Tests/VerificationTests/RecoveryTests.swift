import OTP
import System
import Testing
import Verification

@Suite struct RecoveryTests {
    private func person() throws -> Person {
        Person([try authenticator()], recovery: try recoverySet())
    }

    @Test(arguments: 0..<RecoveryCode.count)
    func `a recovery code is accepted once, then replayed`(slot: Int) throws {
        var person = try person()
        let verdict = person.type(recoveryCode(slot))
        #expect(verdict.acceptance?.means == .recoveryCode(left: 9))
        #expect(person.type(recoveryCode(slot)) == .refused(.replayed(authenticator: nil)))
        #expect(
            person.type(recoveryCode(slot).lowercased()) == .refused(.replayed(authenticator: nil))
        )
    }

    @Test func `each leaves one less, and none is left in the end`() throws {
        var person = try person()
        for (used, slot) in [7, 0, 9, 3, 1, 2, 8, 4, 6, 5].enumerated() {
            let verdict = person.type(recoveryCode(slot))
            #expect(verdict.acceptance?.means == .recoveryCode(left: 9 - used))
        }
        for slot in 0..<RecoveryCode.count { #expect(!person.type(recoveryCode(slot)).isAccepted) }
    }

    @Test(arguments: [
        "3abcdefghjkmnpqr", "3ABC DEFG HJKM NPQR", " 3abc-defg-hjkm-npqr ", "3-a-b-c-defghjkmnpqr",
    ])
    func `every spelling is the same code`(typed: String) throws {
        var person = try person()
        #expect(person.type(typed).isAccepted)
        #expect(!person.type(recoveryCode(3)).isAccepted)
    }

    @Test(arguments: ["3ABC-DEFG-HJKM-NPQS", "3BBC-DEFG-HJKM-NPQR", "3ABC-DEFG-HJKM-0PQR"])
    func `a code that differs anywhere is wrong, and uses nothing up`(typed: String) throws {
        var person = try person()
        #expect(person.type(typed) == .refused(.wrong))
        #expect(person.state.recovery?.used == 0)
        #expect(person.type(recoveryCode(3)).isAccepted)
    }

    @Test func `a code of another set is refused`() throws {
        var person = try person()
        person.state.recovery = LoginState.RecoveryUse(id: Identifier(value: 8))
        #expect(person.type(recoveryCode(3)) == .refused(.wrong))
        #expect(person.state.recovery == LoginState.RecoveryUse(id: Identifier(value: 8)))
    }

    @Test func `a set that the state does not know is dead`() throws {
        var person = try person()
        person.state.recovery = nil
        #expect(person.type(recoveryCode(3)) == .refused(.wrong))
        #expect(person.state.recovery == nil)
    }

    @Test func `somebody without recovery codes has none to look at`() throws {
        let person = Person([try authenticator()])
        #expect(person.judge(recoveryCode(3)) == person.judge("password"))
        #expect(person.judge(recoveryCode(3)).state == nil)
    }

    @Test func `a recovery code leaves the authenticators as they are`() throws {
        var person = try person()
        let before = person.state.authenticators
        person.type(recoveryCode(3))
        #expect(person.state.authenticators == before)
        #expect(person.state.lastSuccessAt == now)
    }

    @Test func `a set with too few hashes accepts what it has and traps nowhere`() throws {
        let whole = try recoverySet()
        let cut = RecoverySet(
            id: whole.id,
            salt: whole.salt,
            iterations: whole.iterations,
            hashes: Array(whole.hashes.prefix(3))
        )
        var person = Person([], recovery: cut)
        #expect(person.type(recoveryCode(2)).isAccepted)
        for slot in 3..<RecoveryCode.count {
            #expect(person.type(recoveryCode(slot)) == .refused(.wrong))
        }
    }
}
