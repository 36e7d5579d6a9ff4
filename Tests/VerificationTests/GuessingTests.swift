import OTP
import SeededRandom
import System
import Testing

@testable import Verification

/// Promise 6, against somebody who has the password and all the time there is.
@Suite struct GuessingTests {
    struct Setting: CustomTestStringConvertible {
        let digits: Int
        let window: Int64
        let seed: UInt64

        var testDescription: String { "\(digits) digits, window \(window), seed \(seed)" }
    }

    static let settings = [6, 7, 8].flatMap { digits in
        (0...5).flatMap { window in
            (1...3).map { Setting(digits: digits, window: window, seed: $0) }
        }
    }

    /// A year in which the guesser tries whenever a code is looked at, and the owner logs in a few
    /// times a day, with a clock that jumps.
    @Test(arguments: settings)
    func `the odds are never better than one in 3,000, and one in 100,000 a login`(
        setting: Setting
    ) throws {
        var random = SplitMix64(seed: setting.seed)
        let phone = try authenticator(parameters: .totp(digits: setting.digits))
        var person = Person([phone], window: setting.window)
        let codes = Int(HOTP.modulus(digits: setting.digits))
        let accepted = Int(2 * setting.window + 1)
        var clock = now
        var guesses = 0
        var logins = 0
        for _ in 0..<4000 {
            clock += .random(in: 1...4000, using: &random)
            if Int.random(in: 0..<200, using: &random) == 0 {
                clock += .random(in: -100_000...1_000, using: &random)
            }
            if Int.random(in: 0..<4, using: &random) == 0 {
                let verdict = person.type(rightCode(of: phone, at: clock), at: clock)
                logins += verdict.isAccepted ? 1 : 0
            } else {
                // No code, so that every one that is looked at is a guess that failed.
                let guess = String(repeating: "0", count: setting.digits)
                if person.type(guess, at: clock) == .refused(.wrong) { guesses += 1 }
            }
        }
        // guesses × accepted / codes ≤ 1/3000 + logins/100000, in whole numbers.
        #expect(guesses * accepted * 300_000 <= codes * (100 + 3 * logins))
        #expect(guesses >= 30)
    }

    /// Outside a wait or a stop of the account's own, every right and unused code is accepted.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `the owner is never refused for another reason`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let phone = try authenticator()
        var person = Person([phone], recovery: try recoverySet())
        var clock = now
        var logins = 0
        for _ in 0..<2000 {
            clock += .random(in: 31...3000, using: &random)
            if Bool.random(using: &random) {
                person.type("000000", at: clock)
                continue
            }
            switch person.type(rightCode(of: phone, at: clock), at: clock) {
            case .accepted: logins += 1
            case .refused(.waiting), .refused(.stopped): break
            case .refused(let refusal): Issue.record("refused: \(refusal)")
            }
        }
        #expect(logins > 50)
    }

    private func rightCode(of phone: Authenticator, at time: Int64) -> String {
        let code = TOTP.code(
            secret: phone.secret,
            step: TOTP.step(at: time, period: 30),
            algorithm: .sha1,
            digits: phone.parameters.digits
        )
        return HOTP.text(code ?? 0, digits: phone.parameters.digits).description
    }
}
