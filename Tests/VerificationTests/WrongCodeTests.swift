import OTP
import System
import Testing
import Verification

/// The owner is told how many wrong codes there were (promise 6).
@Suite struct WrongCodeTests {
    private func person() throws -> Person {
        Person([try authenticator()], recovery: try recoverySet())
    }

    @Test func `wrong codes are counted, told and forgotten`() throws {
        var person = try person()
        for count in 1...4 {
            #expect(person.type("000000") == .refused(.wrong))
            #expect(person.state.wrongSinceSuccess == UInt32(count))
        }
        #expect(person.type(code(0)).acceptance?.wrongBefore == 4)
        #expect(person.state.wrongSinceSuccess == 0)
        #expect(person.type(code(1)).acceptance?.wrongBefore == 0)
    }

    @Test func `wrong recovery codes count too, and a right one tells`() throws {
        var person = try person()
        person.type("3ABC-DEFG-HJKM-NPQS")
        person.type("000000")
        #expect(person.type(recoveryCode(3)).acceptance?.wrongBefore == 2)
        #expect(person.state.wrongSinceSuccess == 0)
    }

    @Test func `a replay is not a wrong code`() throws {
        var person = try person()
        person.type(code(0))
        person.type(code(0))
        person.type(recoveryCode(1))
        person.type(recoveryCode(1))
        #expect(person.state.wrongSinceSuccess == 0)
    }

    @Test(arguments: ["", " ", "hunter2", "12345", "1234567", "123456789", "3ABC-DEFG"])
    func `what is no code is not counted`(typed: String) throws {
        let person = try person()
        let judgement = person.judge(typed)
        #expect(judgement.verdict == .refused(.notACode))
        #expect(judgement.state == nil)
    }

    @Test func `a wrong code changes the count and no authenticator`() throws {
        var person = try person()
        let before = person.state
        person.type("000000")
        #expect(person.state.authenticators == before.authenticators)
        #expect(person.state.recovery == before.recovery)
        #expect(person.state.lastSuccessAt == 0)
    }
}
