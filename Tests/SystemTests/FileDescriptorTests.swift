import Foundation
import System
import Testing

@Suite struct FileDescriptorTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [
        (0, 4, "abcd"), (4, 2, "ef"), (4, 100, "efghij"), (9, 1, "j"), (10, 1, ""), (1000, 5, ""),
        (0, 0, ""), (0, 10, "abcdefghij"),
    ])
    func `a read gives what is there from its offset`(
        offset: Int,
        count: Int,
        expected: String
    ) throws {
        let file = try FileDescriptor.open(folder.write("f", "abcdefghij".utf8), .read)
        #expect(try file.read(count: count, at: offset) == Array(expected.utf8))
    }

    @Test func `a secret is read whole or not at all`() throws {
        let file = try FileDescriptor.open(folder.write("f", "abcdef".utf8), .read)
        #expect(try file.readSecret(count: 6).bytes == Array("abcdef".utf8))
        #expect(throws: SystemError(call: "pread", code: EIO)) { _ = try file.readSecret(count: 7) }
    }

    @Test func `what is written at an offset is there, and nothing else changes`() throws {
        let path = try folder.write("f", "abcdefghij".utf8)
        let file = try FileDescriptor.open(path, .readWrite)
        try file.write(Array("XYZ".utf8), at: 4)
        try file.synchronizeData()
        try file.write(Array("!".utf8), at: 12)
        try file.synchronize()
        #expect(try Data(contentsOf: folder.url("f")) == Data("abcdXYZhij\0\0!".utf8))
    }

    /// Where the disk is mounted with relatime, a plain read of this one would set it.
    @Test func `what is read keeps its time of access`() throws {
        let path = try folder.write("f", "abc".utf8)
        var times = [
            timespec(tv_sec: 1_000_000, tv_nsec: 0), timespec(tv_sec: 2_000_000, tv_nsec: 0),
        ]
        #expect(utimensat(AT_FDCWD, folder.url("f").path, &times, 0) == 0)
        _ = try FileDescriptor.open(path, .read).read(count: 3, at: 0)
        var status = stat()
        #expect(stat(folder.url("f").path, &status) == 0)
        #expect(status.st_atim.tv_sec == 1_000_000)
    }

    @Test func `a file opened for reading cannot be written`() throws {
        let file = try FileDescriptor.open(folder.write("f", "abc".utf8), .read)
        #expect(throws: SystemError(call: "pwrite", code: EBADF)) { try file.write([0], at: 0) }
    }

    @Test func `a new file must not exist yet`() throws {
        do {
            let file = try FileDescriptor.open(folder.path("new"), .create(mode: 0o600))
            try file.write([1, 2, 3], at: 0)
            #expect(try file.status().size == 3)
            #expect(try file.status().permissions == 0o600)
        }
        #expect(throws: SystemError(call: "open", code: EEXIST)) {
            _ = try FileDescriptor.open(folder.path("new"), .create(mode: 0o600))
        }
    }

    @Test func `a name is looked for inside the folder`() throws {
        try folder.write("f", "inside".utf8)
        let here = try FileDescriptor.open(folder.path, .directory)
        #expect(try here.open("f", .read).read(count: 6, at: 0) == Array("inside".utf8))
        #expect(throws: SystemError(call: "open", code: ENOENT)) { _ = try here.open("g", .read) }
    }

    @Test func `no link is followed`() throws {
        try folder.write("f", "abc".utf8)
        try FileManager.default.createSymbolicLink(
            atPath: folder.url("link").path,
            withDestinationPath: "f"
        )
        for access in [FileDescriptor.Access.read, .readWrite] {
            #expect(throws: SystemError(call: "open", code: ELOOP)) {
                _ = try FileDescriptor.open(folder.path("link"), access)
            }
        }
    }

    @Test func `a child does not inherit it`() throws {
        let file = try FileDescriptor.open(folder.write("f", []), .read)
        #expect(fcntl(file.raw, F_GETFD) & FD_CLOEXEC == FD_CLOEXEC)
    }

    @Test func `it is closed when its owner is gone`() throws {
        var ends: [CInt] = [-1, -1]
        #expect(pipe(&ends) == 0)
        let reader = FileDescriptor(owning: ends[0])
        do { _ = FileDescriptor(owning: ends[1]) }
        // With no writer left the pipe is at its end; it would otherwise say EAGAIN.
        #expect(fcntl(reader.raw, F_SETFL, O_NONBLOCK) == 0)
        var byte: UInt8 = 0
        #expect(Glibc.read(reader.raw, &byte, 1) == 0)
    }
}
