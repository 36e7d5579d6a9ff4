import System
import Testing

@Suite struct FileLockTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `a lock that another open file has is not taken`() throws {
        let path = try folder.write("f", [])
        let first = try FileDescriptor.open(path, .read)
        let second = try FileDescriptor.open(path, .read)
        #expect(try first.tryLock())
        #expect(try !second.tryLock())
        #expect(try first.tryLock())
        #expect(try !second.tryLock())
    }

    @Test func `a lock ends with its descriptor`() throws {
        let path = try folder.write("f", [])
        let second = try FileDescriptor.open(path, .read)
        do {
            let first = try FileDescriptor.open(path, .read)
            #expect(try first.tryLock())
            #expect(try !second.tryLock())
        }
        #expect(try second.tryLock())
    }

    @Test func `a folder is locked like a file, and each by itself`() throws {
        let first = try FileDescriptor.open(folder.path, .directory)
        let second = try FileDescriptor.open(folder.path, .directory)
        let file = try FileDescriptor.open(folder.write("f", []), .read)
        #expect(try first.tryLock())
        #expect(try !second.tryLock())
        #expect(try file.tryLock())
    }
}
