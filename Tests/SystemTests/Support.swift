import Foundation
import System
import Testing

/// Text from a String that is not a literal.
func text(_ string: String) -> Text { Text(string.utf8) }

/// A folder of a test's own, gone with it.
final class TemporaryFolder {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("pam-totp-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var path: Text { text(folder.path) }

    func path(_ name: String) -> Text { text(url(name).path) }

    func url(_ name: String) -> URL { folder.appendingPathComponent(name) }

    /// Writes a file of that mode, whatever the umask, and gives its path.
    @discardableResult
    func write(_ name: String, _ contents: some Sequence<UInt8>, mode: Int = 0o600) throws -> Text {
        try Data(contents).write(to: url(name))
        try FileManager.default.setAttributes(
            [.posixPermissions: mode],
            ofItemAtPath: url(name).path
        )
        return path(name)
    }
}

extension SecretBytes {
    /// A copy of the bytes, to compare them in a test.
    var bytes: [UInt8] { withUnsafeBytes { Array($0) } }
}
