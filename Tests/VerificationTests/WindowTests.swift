import OTP
import System
import Testing
import Verification

/// The steps that are accepted around now (RFC 6238 §5.2).
///
/// The codes are oathtool's.
@Suite struct WindowTests {
    @Test(arguments: 0...3, -4...4)
    func `a code is accepted within the window and nowhere else`(window: Int, offset: Int) throws {
        var person = Person([try authenticator()], window: Int64(window))
        let isAccepted = person.type(code(offset)).isAccepted
        #expect(isAccepted == (abs(offset) <= window))
    }

    @Test func `without a setting it is one step either side`() throws {
        #expect(Policy().window == 1)
        let accepted = try (-4...4).filter { offset in
            var person = Person([try authenticator()])
            person.policy = Policy()
            return person.type(code(offset)).isAccepted
        }
        #expect(accepted == [-1, 0, 1])
    }

    /// `now` is 20 s into its step, which thus lasts 10 s more.
    @Test(arguments: [(-21, 1), (-20, 0), (9, 0), (10, -1)])
    func `the window moves at the end of a step`(seconds: Int, offset: Int) throws {
        let person = Person([try authenticator()], window: 0)
        let verdict = person.judge(code(0), at: now + Int64(seconds)).verdict
        #expect(verdict.isAccepted == (offset == 0))
    }

    @Test(arguments: [(1, 0...2), (-1, -2...0), (2, 1...3), (-3, -4 ... -2), (0, -1...1)])
    func `the window is around the authenticator's own clock`(
        drift: Int,
        accepted: ClosedRange<Int>
    ) throws {
        var person = Person([try authenticator()])
        person.state.authenticators[0].drift = Int32(drift)
        let found = (-4...4).filter { person.judge(code($0)).verdict.isAccepted }
        #expect(found == Array(accepted))
    }

    @Test func `the acceptance names the authenticator and the state the time`() throws {
        var person = Person([try authenticator("my phone")])
        let verdict = person.type(code(0))
        #expect(verdict.acceptance?.means == .authenticator(name: "my phone"))
        #expect(person.state.lastSuccessAt == now)
        #expect(person.state.authenticators[0].lastUsedAt == now)
        #expect(person.state.authenticators[0].next == nowStep + 1)
    }

    /// oathtool with -d 7, -d 8; --totp=sha256 -s 60 -d 8; --totp=sha512 -s 45 -d 7.
    @Test func `digits, algorithm and period are the authenticator's`() throws {
        let cases: [(OTPParameters, String)] = [
            (try .totp(digits: 7), "0406058"), (try .totp(digits: 8), "80406058"),
            (try .totp(algorithm: .sha256, digits: 8, period: 60), "92633517"),
            (try .totp(algorithm: .sha512, digits: 7, period: 45), "0068244"),
        ]
        for (parameters, code) in cases {
            var person = Person([try authenticator(parameters: parameters)])
            #expect(person.type(code).isAccepted)
        }
    }
}
