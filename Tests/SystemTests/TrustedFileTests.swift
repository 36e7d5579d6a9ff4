import Foundation
import System
import Testing

/// Every way in which a file may not be what a verdict can depend on.
@Suite struct TrustedFileTests {
    private let folder: TemporaryFolder
    private let trust = Trust.writtenByOwner(getuid())

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [0o600, 0o400, 0o644, 0o755])
    func `a file that only its owner writes is read`(mode: Int) throws {
        let path = try folder.write("f", "contents".utf8, mode: mode)
        #expect(try TrustedFile.read(path, limit: 8, trust: trust) == Array("contents".utf8))
    }

    @Test func `a file is read by its name in an open folder`() throws {
        try folder.write("f", "contents".utf8)
        let here = try TrustedFile.open(folder.path, .directory, trust: trust)
        let contents = try TrustedFile.read("f", in: here, path: "shown", limit: 8, trust: trust)
        #expect(contents == Array("contents".utf8))
        #expect(throws: FileError.system(SystemError(call: "open", code: ENOENT), path: "shown")) {
            try TrustedFile.read("g", in: here, path: "shown", limit: 8, trust: trust)
        }
    }

    @Test func `a symbolic link is refused`() throws {
        try folder.write("target", "contents".utf8)
        try FileManager.default.createSymbolicLink(
            atPath: folder.url("f").path,
            withDestinationPath: "target"
        )
        expectDistrust(.symbolicLink)
    }

    @Test func `a link that leads nowhere is refused as a link, not as missing`() throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.url("f").path,
            withDestinationPath: "nowhere"
        )
        expectDistrust(.symbolicLink)
    }

    @Test func `a file with a second name is refused`() throws {
        try folder.write("f", "contents".utf8)
        try FileManager.default.linkItem(at: folder.url("f"), to: folder.url("other"))
        expectDistrust(.hardLinked)
        try FileManager.default.removeItem(at: folder.url("other"))
        #expect(try TrustedFile.read(folder.path("f"), limit: 8, trust: trust).count == 8)
    }

    @Test func `a FIFO is refused at once`() throws {
        #expect(mkfifo(folder.url("f").path, 0o600) == 0)
        let time = ContinuousClock().measure {
            expectDistrust(.notRegular)
            expectDistrust(.notRegular, .readWrite)
        }
        #expect(time < .seconds(2))
    }

    @Test func `a folder and a device are no files`() throws {
        try FileManager.default.createDirectory(
            at: folder.url("f"),
            withIntermediateDirectories: false
        )
        expectDistrust(.notRegular)
        #expect(throws: FileError.distrusted(.notRegular, path: "/dev/null")) {
            try TrustedFile.read("/dev/null", limit: 8, trust: .writtenByOwner(0))
        }
        #expect(throws: FileError.distrusted(.notRegular, path: "/dev/zero")) {
            try TrustedFile.read("/dev/zero", limit: 8, trust: .writtenByOwner(0))
        }
    }

    @Test func `another owner's file is refused`() throws {
        let path = try folder.write("f", "contents".utf8)
        #expect(
            throws: FileError.distrusted(.ownedBy(getuid(), insteadOf: getuid() + 1), path: path)
        ) {
            try TrustedFile.read(path, limit: 8, trust: .writtenByOwner(getuid() + 1))
        }
    }

    @Test func `a file of just the limit is read, one byte more is refused`() throws {
        let path = try folder.write("f", "contents".utf8)
        #expect(throws: FileError.distrusted(.tooLarge(limit: 7), path: path)) {
            try TrustedFile.read(path, limit: 7, trust: trust)
        }
        #expect(try TrustedFile.read(folder.write("e", []), limit: 0, trust: trust) == [])
    }

    private func expectDistrust(
        _ distrust: Distrust,
        _ access: FileDescriptor.Access = .read,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let path = folder.path("f")
        #expect(throws: FileError.distrusted(distrust, path: path), sourceLocation: sourceLocation)
        {
            _ = try TrustedFile.open(path, access, trust: trust)
        }
    }
}
