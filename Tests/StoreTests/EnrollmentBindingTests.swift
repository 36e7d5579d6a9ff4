import EnrollmentContents
import OTP
import Store
import System
import Testing
import Verification

/// A sealed secret opens only on its own line, under its own uid and its own host's key.
@Suite struct EnrollmentBindingTests {
    private let lines: [String]
    private let authenticatorLine = 2

    init() throws {
        let bytes = try encoded(
            Enrollment(
                uid: 1000,
                name: "alice",
                authenticators: [
                    try authenticator("phone", id: 1), try authenticator("tablet", id: 2),
                ],
                recovery: recoverySet()
            )
        )
        lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func file(_ lines: [String]) -> [UInt8] {
        Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    /// The first authenticator's line with one of its fields changed; field 0 is `authenticator`.
    private func file(changing field: Int, to value: String) -> [UInt8] {
        var changed = lines
        var fields = lines[authenticatorLine].split(separator: " ").map(String.init)
        fields[field] = value
        changed[authenticatorLine] = fields.joined(separator: " ")
        return file(changed)
    }

    private let cannotUnseal = StoreError.cannotUnseal(path: "/enrollment", line: 3)

    @Test func `what was written is what these tests change`() throws {
        #expect(throws: Never.self) { try EnrollmentContents(decoding: file(lines)) }
        #expect(throws: Never.self) {
            try EnrollmentContents(decoding: file(changing: 0, to: "authenticator"))
        }
    }

    @Test(arguments: [
        (1, "0000000000000003"), (2, "hotp"), (3, "sha256"), (4, "8"), (5, "60"), (6, "1600000001"),
        (8, "phonf"), (8, "phone "), (8, "tablet"),
    ])
    func `no field beside the secret can be changed`(field: Int, value: String) throws {
        let changed =
            value == "hotp"
            ? file(lines.map { $0.replacing(" totp sha1 6 30 ", with: " hotp sha1 6 0 ") })
            : file(changing: field, to: value)
        #expect(throws: StoreError.self) { try EnrollmentContents(decoding: changed) }
    }

    @Test func `a line that cannot be unsealed is named`() {
        #expect(throws: cannotUnseal) {
            try EnrollmentContents(decoding: file(changing: 4, to: "8"))
        }
    }

    @Test func `another key opens nothing`() {
        #expect(throws: cannotUnseal) { try EnrollmentContents(decoding: file(lines), key: 2) }
    }

    @Test func `one authenticator's secret does not open on another's line`() {
        let other = lines[authenticatorLine + 1].split(separator: " ")[7]
        #expect(throws: cannotUnseal) {
            try EnrollmentContents(decoding: file(changing: 7, to: String(other)))
        }
    }

    @Test func `a line moved into another uid's file does not open`() throws {
        var moved = lines
        moved[1] = "user 1001 bob"
        #expect(throws: cannotUnseal) { try EnrollmentContents(decoding: file(moved), uid: 1001) }
    }

    @Test func `another uid's whole file is refused`() {
        #expect(
            throws: StoreError.malformed(
                path: "/enrollment",
                line: 2,
                problem: "this is another user's enrollment"
            )
        ) {
            try EnrollmentContents(decoding: file(lines), uid: 1001)
        }
    }

    @Test(arguments: [
        "", "0", String(repeating: "0", count: 56), String(repeating: "0", count: 58),
    ])
    func `a sealed secret too short to hold one is refused`(sealed: String) {
        #expect(throws: StoreError.self) {
            try EnrollmentContents(decoding: file(changing: 7, to: sealed))
        }
    }
}
