import Foundation
import OTP
import System
import Testing
import Verification

/// Text from a String that is not a literal.
func text(_ string: String) -> Text { Text(string.utf8) }

/// A folder of a test's own, gone with it.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appendingPathComponent("pam-totp-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var path: Text { text(url.path) }

    func path(_ name: String) -> Text { text(url(name).path) }

    func url(_ name: String) -> URL { url.appendingPathComponent(name) }

    func contents(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: url(name))) }

    /// Writes a file of that mode, whatever the umask, and gives its path.
    @discardableResult
    func write(_ name: String, _ contents: some Sequence<UInt8>, mode: Int = 0o600) throws -> Text {
        try Data(contents).write(to: url(name))
        try setMode(of: name, to: mode)
        return path(name)
    }

    func setMode(of name: String, to mode: Int) throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: mode],
            ofItemAtPath: url(name).path
        )
    }
}

/// The time of these tests, and codes around it.
///
/// oathtool -b --totp -N @TIME JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
let now: Int64 = 1_700_000_000
let codeBefore = "797823"
let codeNow = "406058"
let codeAfter = "661763"

/// The secret of these codes.
let exampleSecret =
    Array("Hello!".utf8) + [0xde, 0xad, 0xbe, 0xef] + Array("Hello!".utf8) + [
        0xde, 0xad, 0xbe, 0xef,
    ]

func authenticator(
    _ name: Text = "phone",
    id: UInt64 = 1,
    secret: [UInt8] = exampleSecret,
    parameters: OTPParameters? = nil
) throws -> Authenticator {
    Authenticator(
        id: Identifier(value: id),
        name: name,
        parameters: try parameters ?? .totp(),
        enrolledAt: 1_600_000_000,
        secret: SecretBytes(secret)
    )
}

/// Ten hashes of nothing in particular.
func recoverySet(id: UInt64 = 7) -> RecoverySet {
    RecoverySet(
        id: Identifier(value: id),
        salt: Array(0..<16),
        iterations: 1000,
        hashes: (0..<10).map { slot in (0..<32).map { UInt8(slot) &* 16 &+ $0 } }
    )
}
