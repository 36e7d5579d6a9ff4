internal import OTP
internal import System
internal import Verification

@testable internal import Store

/// Somebody who is enrolled, with codes that are known here.
enum Fixture {
    static let uid: UserID = 1000
    /// Seconds since 1970.
    static let now: Int64 = 1_700_000_000
    static let idle = Identifier(value: 0x0102_0304_0506_0708)
    static let counting = Identifier(value: 0x1112_1314_1516_1718)

    /// What everything is sealed under here.
    static func key() -> HostKey {
        HostKey(
            storeID: Array(0..<16),
            key: SecretBytes([UInt8](repeating: 1, count: 32)),
            previous: SecretBytes([UInt8](repeating: 2, count: 32))
        )
    }

    // libFuzzer has one thread, and none of these is ever changed.
    nonisolated(unsafe) static let timeBased = authenticator(
        "phone",
        idle,
        .timeStep(period: 30),
        fill: 3
    )
    nonisolated(unsafe) static let counterBased = authenticator(
        "token",
        counting,
        .counter,
        fill: 4
    )

    private static func authenticator(
        _ name: Text,
        _ id: Identifier,
        _ factor: OTPParameters.MovingFactor,
        fill: UInt8
    ) -> Authenticator {
        do throws(OTPError) {
            return Authenticator(
                id: id,
                name: name,
                parameters: factor == .counter ? try .hotp(digits: 7) : try .totp(),
                enrolledAt: now - 1000,
                secret: SecretBytes([UInt8](repeating: fill, count: 20))
            )
        } catch {
            fatalError("the parameters of the fixture are refused")
        }
    }

    static let recoveryTexts: [Text] = (0..<RecoveryCode.count).map { "\($0)23456789ABCDEFG" }
    static let importedTexts: [Text] = ["10000001", "20000002", "30000003"]

    /// With a round of PBKDF2, so that a code is looked up fast.
    private static func set(_ id: UInt64, _ texts: [Text]) -> RecoverySet {
        let salt = [UInt8](repeating: 5, count: RecoverySet.saltLength)
        return RecoverySet(
            id: Identifier(value: id),
            salt: salt,
            iterations: 1,
            hashes: texts.map { text in
                RecoveryCode.hash(
                    of: SecretBytes(text.utf8),
                    salt: SecretBytes(salt),
                    iterations: 1
                )
                .withUnsafeBytes { Array($0) }
            }
        )
    }

    nonisolated(unsafe) static let enrollment = Enrollment(
        uid: uid,
        name: "alice",
        authenticators: [timeBased, counterBased],
        recovery: set(7, recoveryTexts),
        importedRecovery: set(8, importedTexts)
    )

    /// The present step's code is not used yet; two recovery codes and an imported one are.
    static let state = LoginState(
        authenticators: [
            .init(id: idle, next: TOTP.step(at: now, period: 30), lastUsedAt: now - 30),
            .init(id: counting, next: 5),
        ],
        recovery: .init(id: Identifier(value: 7), used: 0b11),
        importedRecovery: .init(id: Identifier(value: 8), used: 0b1)
    )

    /// What may be typed: codes that are good, used, and wrong.
    static let replies: [Text] = {
        let step = TOTP.step(at: now, period: 30)
        let codes = (step - 2...step + 2).map { code(timeBased, $0) }
        let counted = (3...20).map { code(counterBased, $0) }
        return codes + counted + recoveryTexts + importedTexts + ["000000", "0000000", "00000000"]
    }()

    static func code(_ authenticator: Authenticator, _ step: Int64) -> Text {
        let parameters = authenticator.parameters
        let code = TOTP.code(
            secret: authenticator.secret,
            step: step,
            algorithm: parameters.algorithm,
            digits: parameters.digits
        )
        return HOTP.text(code ?? 0, digits: parameters.digits)
    }

    static func file() -> [UInt8] { encoded(enrollment, under: key()) }

    /// An enrollment as it is written.
    static func encoded(_ enrollment: Enrollment, under key: borrowing HostKey) -> [UInt8] {
        do throws(SystemError) {
            return try EnrollmentFile.encode(enrollment, under: key)
        } catch {
            fatalError("there are no random bytes")
        }
    }
}
