import OTP
import System
import Testing
import Verification

@Suite struct SeveralAuthenticatorsTests {
    private func two() throws -> Person {
        Person([
            try authenticator("phone", id: 1),
            try authenticator("token", id: 2, secret: otherSecret),
        ])
    }

    @Test func `either of a person's authenticators answers`() throws {
        var person = try two()
        #expect(person.type(code(0)).acceptance?.means == .authenticator(name: "phone"))
        #expect(person.type(otherCode).acceptance?.means == .authenticator(name: "token"))
    }

    @Test func `each has its own steps`() throws {
        var person = try two()
        person.type(code(1))
        #expect(person.state.progress(of: Identifier(value: 1))?.next == nowStep + 2)
        #expect(person.state.progress(of: Identifier(value: 2))?.next == 0)
        #expect(person.type(otherCode).isAccepted)
        #expect(person.type(otherCode) == .refused(.replayed(authenticator: "token")))
    }

    @Test func `a code that two of them show is used up in both`() throws {
        var person = Person([try authenticator("phone", id: 1), try authenticator("tablet", id: 2)])
        #expect(person.type(code(0)).acceptance?.means == .authenticator(name: "phone"))
        #expect(person.state.authenticators.map(\.next) == [nowStep + 1, nowStep + 1])
        #expect(person.type(code(0)) == .refused(.replayed(authenticator: "phone")))
    }

    @Test func `what is used up in one is good in the other that has not seen it`() throws {
        var person = Person([try authenticator("phone", id: 1), try authenticator("tablet", id: 2)])
        person.state.authenticators[0].next = nowStep + 1
        #expect(person.type(code(0)).acceptance?.means == .authenticator(name: "tablet"))
        #expect(!person.type(code(0)).isAccepted)
    }

    @Test func `a number of digits that nobody has is no code, and nothing is written`() throws {
        let person = try two()
        for reply in ["1234567", "12345678", "password", "", "3ABC-DEFG-HJKM-NPQR"] {
            let judgement = person.judge(reply)
            #expect(judgement.verdict == .refused(.notACode))
            #expect(judgement.state == nil)
        }
    }

    /// The eight digits are oathtool's.
    ///
    /// oathtool -b -d 8 --totp -N @1700000000 JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
    @Test func `only authenticators with as many digits are asked`() throws {
        var person = Person([
            try authenticator("six", id: 1),
            try authenticator("eight", id: 2, parameters: .totp(digits: 8)),
        ])
        #expect(person.type("80406058").acceptance?.means == .authenticator(name: "eight"))
        #expect(person.state.progress(of: Identifier(value: 1))?.next == 0)
    }

    @Test func `an authenticator that the state does not know is dead`() throws {
        var person = try two()
        person.state.authenticators.remove(at: 0)
        #expect(person.type(code(0)) == .refused(.wrong))
        #expect(person.state.progress(of: Identifier(value: 1)) == nil)
        #expect(person.type(otherCode).isAccepted)
    }

    @Test func `a progress under another id does not bring it to life`() throws {
        var person = Person([try authenticator(id: 1)])
        person.state.authenticators = [LoginState.Progress(id: Identifier(value: 2))]
        #expect(person.type(code(0)) == .refused(.wrong))
        #expect(person.state.authenticators == [LoginState.Progress(id: Identifier(value: 2))])
    }

    @Test func `nobody's enrollment accepts nothing`() {
        let person = Person([])
        for reply in [code(0), "000000", "", recoveryCode(0)] {
            #expect(person.judge(reply).verdict == .refused(.notACode))
        }
    }
}
