import Foundation
import Store
import System
import Testing
import Verification

@Suite struct ConfigurationFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func read() throws(ConfigurationError) -> Configuration {
        try Configuration.read(path: folder.path("totp.conf"), owner: Owner.ofTests)
    }

    @Test func `a file that its owner alone writes is read`() throws {
        try folder.write("totp.conf", "window = 0\n".utf8, mode: 0o644)
        #expect(try read().policy.window == 0)
    }

    @Test func `a file that was named must be there`() {
        let missing = FileError.system(
            SystemError(call: "open", code: ENOENT),
            path: folder.path("totp.conf")
        )
        #expect(throws: ConfigurationError.file(missing)) { try read() }
    }

    @Test(arguments: [0o664, 0o646, 0o666, 0o620])
    func `a file that others write is refused`(mode: Int) throws {
        let path = try folder.write("totp.conf", "window = 0\n".utf8, mode: mode)
        let distrust = FileError.distrusted(
            .permissions(FileMode(mode), forbidden: 0o022),
            path: path
        )
        #expect(throws: ConfigurationError.file(distrust)) { try read() }
    }

    @Test func `another owner's file, a link and a folder are refused`() throws {
        let path = try folder.write("totp.conf", "window = 0\n".utf8)
        #expect(throws: ConfigurationError.self) {
            try Configuration.read(path: path, owner: Owner.ofTests + 1)
        }
        try FileManager.default.createSymbolicLink(
            atPath: folder.url("link").path,
            withDestinationPath: "totp.conf"
        )
        for name in ["link", "."] {
            #expect(throws: ConfigurationError.self) {
                try Configuration.read(path: folder.path(name), owner: Owner.ofTests)
            }
        }
    }

    @Test func `a file of more than 64 KiB is refused`() throws {
        let path = try folder.write("totp.conf", repeatElement(10, count: 65_537))
        let distrust = FileError.distrusted(.tooLarge(limit: 65_536), path: path)
        #expect(throws: ConfigurationError.file(distrust)) { try read() }
        try folder.write("totp.conf", repeatElement(10, count: 65_536))
        #expect(try read() == Configuration())
    }

    @Test func `a wrong line is named with the file`() throws {
        let path = try folder.write("totp.conf", "window = 9\n".utf8)
        #expect(
            throws: ConfigurationError.setting(
                .outOfBounds(line: 1, key: "window", bounds: 0...5),
                path: path
            )
        ) { try read() }
    }

    /// Only where this machine has no configuration of its own.
    @Test(.enabled(if: !FileManager.default.fileExists(atPath: "/etc/security/totp.conf")))
    func `the default file may be missing`() throws {
        let (found, plain) = (try Configuration.read(owner: Owner.ofTests), Configuration())
        #expect(found.isMissing && !plain.isMissing)
        #expect(found.store == plain.store && found.keyFile == plain.keyFile)
        #expect(found.policy == plain.policy && found.exemptions == plain.exemptions)
    }
}
