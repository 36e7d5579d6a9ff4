import OTP
import SeededRandom
import System
import Testing
import Verification

@testable import Store

/// Random histories of one record: logins and guesses, a clock that jumps, logins that crash before
/// their answer, and administrators who enroll, remove, disable, replace, and put old enrollments
/// back.
@Suite struct RestorationHistoryTests {
    /// What happens, and what must never happen twice.
    private struct History {
        var record: Record
        var clock = now
        var random: SplitMix64
        var everybody: [Authenticator] = []
        var removed: Set<UInt64> = []
        var disabled: Set<UInt64> = []
        var everDisabled = 0
        /// Every code of every set there was, by its text; those of sets that were replaced.
        var recoveryCodes: [Text] = []
        var replaced: Set<String> = []
        var backups: [Enrollment] = []
        var opened: Set<String> = []

        init(seed: UInt64) throws {
            random = SplitMix64(seed: seed)
            let nobody = Enrollment(uid: 1000, name: "alice")
            record = Record(enrollment: nobody, state: LoginState())
            try enroll()
            try replaceRecovery()
        }

        mutating func enroll() throws {
            let number = UInt64(everybody.count + 1)
            let new = try authenticator(
                "app \(number)",
                id: number,
                secret: Array("the secret of authenticator \(number)".utf8),
                parameters: .totp(digits: 8)
            )
            everybody.append(new)
            try record.add(new, LoginState.Progress(id: new.id))
        }

        mutating func remove() {
            guard record.enrollment.authenticators.count > 1,
                let old = record.enrollment.authenticators.randomElement(using: &random)
            else { return }
            record.remove(old)
            removed.insert(old.id.value)
        }

        /// Disables one, or enables it again.
        mutating func disableOrEnable() {
            guard let one = record.enrollment.authenticators.randomElement(using: &random) else {
                return
            }
            let isDisabled = disabled.insert(one.id.value).inserted
            if isDisabled { everDisabled += 1 } else { disabled.remove(one.id.value) }
            record.setDisabled(isDisabled, one)
        }

        mutating func replaceRecovery() throws {
            replaced.formUnion(recoveryCodes.map(\.description))
            let new = try RecoverySet.generate()
            record.replaceRecovery(with: new.set)
            recoveryCodes += new.codes
        }

        mutating func restore() {
            guard let backup = backups.randomElement(using: &random) else { return }
            record = Record(enrollment: backup, state: record.state)
        }

        /// A login with any code there ever was, near enough in time.
        ///
        /// It may be killed before its answer, with its state on the disk or not.
        mutating func logIn() throws {
            let name: String
            let reply: Text
            var isDead = false
            if Int.random(in: 0..<8, using: &random) == 0 {
                reply = try #require(recoveryCodes.randomElement(using: &random))
                name = reply.description
                isDead = replaced.contains(name)
            } else {
                let app = try #require(everybody.randomElement(using: &random))
                let step = clock / 30 + .random(in: -2...2, using: &random)
                let code = HOTP.code(
                    secret: app.secret,
                    counter: UInt64(step),
                    algorithm: .sha1,
                    digits: 8
                )
                reply = HOTP.text(code, digits: 8)
                name = "\(app.id.value) at \(step)"
                isDead = removed.union(disabled).contains(app.id.value)
            }
            let judgement = Verifier.verify(
                Reply(parsing: reply.utf8),
                of: record.enrollment,
                record.state,
                at: clock,
                under: Policy()
            )
            let isKilled = Int.random(in: 0..<10, using: &random) == 0
            let isWritten = !isKilled || Bool.random(using: &random)
            if isWritten, let state = judgement.state {
                record = Record(enrollment: record.enrollment, state: state)
            }
            guard !isKilled, case .accepted = judgement.verdict else { return }
            #expect(opened.insert(name).inserted, "\(name) opened a second login")
            #expect(!isDead, "\(name) came back to life")
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func `nothing opens two logins, and nothing removed or replaced comes back`(
        seed: UInt64
    ) throws {
        var history = try History(seed: seed)
        for _ in 0..<1500 {
            history.clock += .random(in: -60...120, using: &history.random)
            switch Int.random(in: 0..<100, using: &history.random) {
            case 0 where history.everybody.count < 12: try history.enroll()
            case 1: history.remove()
            case 2 where history.replaced.count < 60: try history.replaceRecovery()
            case 3: history.backups.append(history.record.enrollment)
            case 4: history.restore()
            case 11: history.disableOrEnable()
            // A wait or a stop would leave most codes unlooked at.
            case 5...10: history.record.unlock()
            default: try history.logIn()
            }
        }
        // All of this says something only if logins succeed, and there was something to come back.
        #expect(history.opened.count > 20)
        #expect(!history.removed.isEmpty && !history.replaced.isEmpty)
        #expect(history.everDisabled > 0)
    }
}
