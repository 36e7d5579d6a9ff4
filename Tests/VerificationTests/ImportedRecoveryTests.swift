import OTP
import System
import Testing

@testable import Verification

/// Recovery codes that came along from google-authenticator: eight digits each.
@Suite struct ImportedRecoveryTests {
    private let codes = ["12345678", "87654321", "00000000", "13572468", "86427531"]

    private func person(recovery: RecoverySet? = nil) throws -> Person {
        Person([try authenticator()], recovery: recovery, imported: importedSet(codes))
    }

    @Test(arguments: 0..<5)
    func `each is accepted once, then replayed and not charged`(slot: Int) throws {
        var person = try person()
        #expect(person.type(codes[slot]).acceptance?.means == .recoveryCode(left: 4))
        #expect(person.type(codes[slot]) == .refused(.replayed(authenticator: nil)))
        #expect(person.state.throttle.charged == 0)
        for other in codes.indices where other != slot {
            #expect(person.type(codes[other]).isAccepted)
        }
    }

    @Test func `what is left is counted over both sets`() throws {
        var person = try person(recovery: try recoverySet())
        #expect(person.type(codes[0]).acceptance?.means == .recoveryCode(left: 14))
        #expect(person.type(recoveryCode(3)).acceptance?.means == .recoveryCode(left: 13))
        #expect(person.state.recoveryCodesLeft(of: person.enrollment) == 13)
    }

    @Test(arguments: ["12345679", "02345678", "99999999"])
    func `a wrong one is charged as any wrong code`(typed: String) throws {
        var person = try person()
        #expect(person.type(typed) == .refused(.wrong))
        #expect(person.state.throttle.charged == 1)
        #expect(person.state.wrongSinceSuccess == 1)
        #expect(person.state.importedRecovery?.used == 0)
    }

    @Test func `six and seven digits, and our own recovery codes, are none of them`() throws {
        var person = try person()
        #expect(person.type("1234567") == .refused(.notACode))
        #expect(person.type(recoveryCode(0)) == .refused(.notACode))
        #expect(person.type("123456") == .refused(.wrong))
        #expect(person.state.importedRecovery?.used == 0)
    }

    @Test func `a wait and a stop hold them up`() throws {
        var person = try person()
        for _ in 0..<5 { person.type("99999999") }
        #expect(person.type(codes[0]) == .refused(.waiting(seconds: 30)))
        #expect(person.type(codes[0], at: now + 30).isAccepted)
        person.state.throttle.charged = 100
        #expect(person.type(codes[1], at: now + 30) == .refused(.stopped))
        #expect(person.state.importedRecovery?.used == 1)
    }

    @Test func `one ends the wait as a login does`() throws {
        var person = try person()
        for _ in 0..<4 { person.type("99999999") }
        #expect(person.type(codes[0]).isAccepted)
        #expect(person.state.throttle.consecutiveWrong == 0)
        #expect(person.state.throttle.charged == 1)
    }

    @Test func `a set that the state does not know is dead`() throws {
        var person = try person()
        person.state.importedRecovery = LoginState.RecoveryUse(id: Identifier(value: 9))
        #expect(person.type(codes[0]) == .refused(.wrong))
        person.state.importedRecovery = nil
        #expect(person.type(codes[0]) == .refused(.wrong))
        #expect(person.state.recoveryCodesLeft(of: person.enrollment) == 0)
    }

    @Test func `a code that is in the set twice is good once`() throws {
        var person = Person([], imported: importedSet(["11111111", "22222222", "11111111"]))
        #expect(person.type("11111111").acceptance?.means == .recoveryCode(left: 1))
        #expect(person.type("11111111") == .refused(.replayed(authenticator: nil)))
    }

    @Test func `a code of an authenticator that is a recovery code too uses both up`() throws {
        let token = try authenticator(secret: otherSecret, parameters: .totp(digits: 8))
        let code = HOTP.text(
            HOTP.code(
                secret: token.secret,
                counter: UInt64(nowStep),
                algorithm: .sha1,
                digits: 8
            ),
            digits: 8
        ).description
        var person = Person([token], imported: importedSet([code, "12345678"]))
        #expect(person.type(code).acceptance?.means == .authenticator(name: "phone"))
        #expect(person.state.importedRecovery?.used == 1)
        #expect(person.type(code) == .refused(.replayed(authenticator: "phone")))
        #expect(person.type("12345678").acceptance?.means == .recoveryCode(left: 0))
    }

    @Test func `ten of them can afford the largest purse that a policy allows`() {
        let accepted = Int64(RecoveryCode.count)
        let codes = Int64(HOTP.modulus(digits: RecoverySet.importedDigits))
        #expect(codes / (3_000 * accepted) >= Policy.purseBounds.upperBound)
        #expect(codes / (100_000 * accepted) >= Policy.refundBounds.upperBound)
    }

    @Test func `rebuilding a state gives them up`() throws {
        let person = try person()
        let rebuilding = Rebuilding(
            of: person.enrollment,
            from: person.state,
            at: now,
            under: Policy()
        )
        #expect(rebuilding.state.importedRecovery == nil)
        #expect(rebuilding.losses.contains { $0.description.contains("recovery codes") })
    }
}
