import OTP
import System
import Testing
import Verification

/// A trap would end sshd or sudo: no number may cause one.
@Suite struct ExtremeNumbersTests {
    @Test(arguments: [Int64.min, .min + 1, -1, 0, 1, .max - 1, .max])
    func `no time traps`(time: Int64) throws {
        for drift in [Int32.min, -1, 0, 1, .max] {
            for next in [0, 1, Int64.max - 1, .max] {
                for period in [5, 30, 300] {
                    var person = Person(
                        [try authenticator(parameters: .totp(period: period))],
                        window: 5
                    )
                    person.state.authenticators[0].drift = drift
                    person.state.authenticators[0].next = next
                    #expect(!person.type("000000", at: time).isAccepted)
                }
            }
        }
    }

    /// oathtool -c 307445734561825860 -b JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP: (2^63 - 1) / 30.
    @Test func `the last step of time is accepted once`() throws {
        var person = Person([try authenticator()])
        #expect(person.type("549034", at: .max).isAccepted)
        #expect(person.state.authenticators[0].next == 307_445_734_561_825_861)
        #expect(!person.type("549034", at: .max).isAccepted)
    }

    /// The codes are oathtool's.
    ///
    /// oathtool -c 9223372036854775806 and …807 -b JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
    @Test func `a counter ends before it overflows`() throws {
        var person = Person([try authenticator(parameters: .hotp())])
        person.state.authenticators[0].next = .max - 1
        person.policy.lookAhead = 50
        #expect(person.judge("341148").verdict == .refused(.wrong))
        #expect(person.type("939193").isAccepted)
        #expect(person.state.authenticators[0].next == .max)
        for code in ["939193", "341148", codeByCounter[0]] {
            #expect(!person.type(code).isAccepted)
        }
    }

    /// oathtool -b --totp -N @0 (and @30) JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP: codeByCounter[0], [1].
    @Test func `the window ends at 1970`() throws {
        var person = Person([try authenticator()], window: 5)
        #expect(person.type(codeByCounter[0], at: -1).isAccepted)
        #expect(person.type(codeByCounter[1], at: 0).isAccepted)
        #expect(!person.type(codeByCounter[0], at: 0).isAccepted)
    }

    @Test func `wrong codes are counted up to the largest number and no further`() throws {
        var person = Person([try authenticator()])
        person.state.wrongSinceSuccess = .max - 1
        person.type("000000")
        person.type("000000")
        #expect(person.state.wrongSinceSuccess == .max)
        #expect(person.type(code(0)).acceptance?.wrongBefore == .max)
    }
}
