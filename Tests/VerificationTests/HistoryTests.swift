import OTP
import SeededRandom
import System
import Testing
import Verification

/// Random histories of one person: any order of times and codes, a clock that jumps both ways.
@Suite struct HistoryTests {
    /// What somebody types: a code made for a place, or a recovery code.
    private enum Attempt: Hashable {
        case timeStep(secret: Int, Int64)
        case counter(Int64)
        case recovery(slot: Int)
    }

    private static let secrets = [exampleSecret, otherSecret, Array(0...19)]

    /// Two with the same secret, one with another, and a counter-based one, eight digits each.
    private func person() throws -> Person {
        Person(
            [
                try authenticator(
                    "phone",
                    id: 1,
                    secret: Self.secrets[0],
                    parameters: .totp(digits: 8)
                ),
                try authenticator(
                    "tablet",
                    id: 2,
                    secret: Self.secrets[0],
                    parameters: .totp(digits: 8)
                ),
                try authenticator(
                    "laptop",
                    id: 3,
                    secret: Self.secrets[1],
                    parameters: .totp(digits: 8)
                ),
                try authenticator(
                    "token",
                    id: 4,
                    secret: Self.secrets[2],
                    parameters: .hotp(digits: 8)
                ),
            ],
            recovery: try recoverySet()
        )
    }

    private func typed(_ attempt: Attempt) -> String {
        let (secret, place): (Int, Int64)
        switch attempt {
        case .recovery(let slot): return recoveryCode(slot)
        case .timeStep(let index, let step): (secret, place) = (index, step)
        case .counter(let counter): (secret, place) = (2, counter)
        }
        let code = HOTP.code(
            secret: SecretBytes(Self.secrets[secret]),
            counter: UInt64(place),
            algorithm: .sha1,
            digits: 8
        )
        return HOTP.text(code, digits: 8).description
    }

    private func randomAttempt(around time: Int64, _ random: inout SplitMix64) -> Attempt {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: .recovery(slot: .random(in: 0...9, using: &random))
        case 1, 2: .counter(.random(in: 0...60, using: &random))
        default:
            .timeStep(
                secret: .random(in: 0...1, using: &random),
                time / 30 + .random(in: -2...2, using: &random)
            )
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `no code opens two logins, in whatever order they come`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var person = try person()
        var clock = now
        var accepted: Set<Attempt> = []
        for _ in 0..<800 {
            clock += .random(in: -60...90, using: &random)
            let time = Bool.random(using: &random) ? clock : max(now, clock - 600)
            let attempt = randomAttempt(around: time, &random)
            // A wait or a stop would leave most codes unlooked at.
            person.state.throttle = LoginState.Throttle()
            let before = person.state
            let verdict = person.type(typed(attempt), at: time)
            if verdict.isAccepted {
                let isFirst = accepted.insert(attempt).inserted
                #expect(isFirst, "\(attempt) was accepted a second time")
            }
            for (old, new) in zip(before.authenticators, person.state.authenticators) {
                #expect(new.next >= old.next)
            }
        }
        // All of this says something only if logins do succeed.
        #expect(accepted.count > 40)
    }
}
