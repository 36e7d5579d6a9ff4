import Foundation
import System
import Testing

/// Which permission bits each kind of trust forbids.
@Suite struct TrustTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The permission bits that are refused when they are set alone.
    private func refusedBits(_ trust: Trust) throws -> [FileMode] {
        let bits: [FileMode] = (0..<12).map { 1 << $0 }
        return try bits.filter { bit in
            let path = try folder.write("f\(bit)", [], mode: Int(0o400 | bit))
            let file = try FileDescriptor.open(path, .read)
            return trust.objection(to: try file.status(), kind: .regular) != nil
        }
    }

    @Test func `what only its owner writes may be read by everybody`() throws {
        #expect(try refusedBits(.writtenByOwner(getuid())) == [0o002, 0o020])
    }

    @Test func `what its group writes too is closed to others`() throws {
        #expect(try refusedBits(.privateToGroup(getuid())) == [0o001, 0o002, 0o004])
    }

    @Test func `a secret is its owner's to write and nobody else's to read but the group's`() throws
    {
        #expect(try refusedBits(.secret(getuid())) == [0o001, 0o002, 0o004, 0o020])
    }

    @Test func `the refusal names the mode`() throws {
        let path = try folder.write("f", [], mode: 0o664)
        #expect(throws: FileError.distrusted(.permissions(0o664, forbidden: 0o022), path: path)) {
            try TrustedFile.read(path, limit: 8, trust: .writtenByOwner(getuid()))
        }
    }

    @Test func `a folder that others write is refused`() throws {
        let trust = Trust.writtenByOwner(getuid())
        let name = folder.url("d")
        try FileManager.default.createDirectory(at: name, withIntermediateDirectories: false)
        for (mode, isTrusted) in [(0o755, true), (0o775, false), (0o757, false), (0o1777, false)] {
            try FileManager.default.setAttributes(
                [.posixPermissions: mode],
                ofItemAtPath: name.path
            )
            let isOpen =
                (try? TrustedFile.open(folder.path("d"), .directory, trust: trust).raw) != nil
            #expect(isOpen == isTrusted)
        }
    }

    @Test func `what is to be a folder must be one`() throws {
        try folder.write("f", [])
        try FileManager.default.createSymbolicLink(
            atPath: folder.url("link").path,
            withDestinationPath: "."
        )
        for name in ["f", "link"] {
            #expect(throws: FileError.self) {
                _ = try TrustedFile.open(
                    folder.path(name),
                    .directory,
                    trust: .writtenByOwner(getuid())
                )
            }
        }
    }

    @Test(arguments: [
        (
            Distrust.permissions(0o664, forbidden: 0o022),
            "'/f' has mode 0664, open to too many; chmod 0644 '/f'"
        ),
        (.permissions(0o644, forbidden: 0o027), "open to too many; chmod 0640 '/f'"),
        (.ownedBy(1000, insteadOf: 0), "'/f' is owned by uid 1000; chown root '/f'"),
        (.ownedBy(0, insteadOf: 1000), "'/f' is owned by uid 0; chown 1000 '/f'"),
        (.notRegular, "'/f' is not a regular file"),
        (.tooLarge(limit: 9), "'/f' is larger than 9 bytes"),
    ])
    func `a message quotes the file, says what is wrong and what to do`(
        distrust: Distrust,
        message: String
    ) {
        #expect(
            FileError.distrusted(distrust, path: "/f").description.description.hasSuffix(message)
        )
    }
}
