import EnrollmentContents
import OTP
import Store
import System
import Testing
import Verification

@Suite struct EnrollmentFileTests {
    private func expectRoundTrip(
        _ enrollment: Enrollment,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let decoded = try EnrollmentContents(decoding: encoded(enrollment), uid: enrollment.uid)
        #expect(decoded == EnrollmentContents(enrollment), sourceLocation: sourceLocation)
    }

    @Test(arguments: [0, 1, 2, 16])
    func `as many authenticators are read as were written`(count: Int) throws {
        let authenticators = try (0..<count).map { index in
            try authenticator("app \(index)", id: UInt64(index) + 1)
        }
        for recovery in [nil, recoverySet()] {
            try expectRoundTrip(
                Enrollment(
                    uid: 1000,
                    name: "alice",
                    authenticators: authenticators,
                    recovery: recovery
                )
            )
        }
    }

    @Test(arguments: ["phone", "my new phone", "Jürgs Telefon", "日本", "end", "%s \"' \\ #"])
    func `an authenticator keeps its name`(name: String) throws {
        try expectRoundTrip(
            Enrollment(uid: 1000, name: "alice", authenticators: [authenticator(text(name))])
        )
    }

    @Test(arguments: ["alice", "EXAMPLE\\alice", "alice@example.org", "alice smith", "jürg"])
    func `a person keeps their name`(name: String) throws {
        try expectRoundTrip(Enrollment(uid: 1000, name: text(name)))
    }

    @Test(arguments: HashAlgorithm.allCases, 6...8)
    func `parameters are kept`(algorithm: HashAlgorithm, digits: Int) throws {
        for parameters in [
            try OTPParameters.hotp(algorithm: algorithm, digits: digits),
            try .totp(algorithm: algorithm, digits: digits, period: 5),
            try .totp(algorithm: algorithm, digits: digits, period: 300),
        ] {
            let one = try authenticator(parameters: parameters)
            try expectRoundTrip(Enrollment(uid: 1000, name: "alice", authenticators: [one]))
        }
    }

    @Test func `the ends of every number are kept`() throws {
        let one = Authenticator(
            id: Identifier(value: .max),
            name: "x",
            parameters: try .totp(),
            enrolledAt: .max,
            secret: SecretBytes([UInt8](repeating: 0xff, count: 128))
        )
        try expectRoundTrip(Enrollment(uid: .max, name: "x", authenticators: [one]))
        try expectRoundTrip(Enrollment(uid: 0, name: "root", authenticators: [one]))
    }

    @Test func `a longest enrollment is shorter than what is read`() throws {
        let name = text(String(repeating: "x", count: Authenticator.maximumNameLength))
        let secret = [UInt8](
            repeating: 0xff,
            count: OTPParameters.supportedSecretLengths.upperBound
        )
        let authenticators = try (0..<Enrollment.maximumAuthenticators).map {
            try authenticator(name, id: UInt64.max - UInt64($0), secret: secret)
        }
        let bytes = try encoded(
            Enrollment(
                uid: .max,
                name: text(String(repeating: "x", count: 256)),
                authenticators: authenticators,
                recovery: recoverySet()
            )
        )
        #expect(bytes.count < 16 * 1024)
    }

    @Test func `no secret stands in the file, and no two files are alike`() throws {
        let enrollment = Enrollment(
            uid: 1000,
            name: "alice",
            authenticators: [try authenticator()]
        )
        let (first, second) = (try encoded(enrollment), try encoded(enrollment))
        #expect(first != second)
        for spelled in [Hexadecimal.encode(exampleSecret), Base32.encode(exampleSecret)] {
            #expect(!contains(first, spelled.utf8))
        }
        #expect(!contains(first, exampleSecret))
    }

    private func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: part) }
    }
}
