import Foundation
import System
import Testing

nonisolated(unsafe) private var signalsSeen: sig_atomic_t = 0

/// su keeps its caller's RLIMIT_FSIZE: a write beyond it fails, and SIGXFSZ ends the process.
///
/// The limit is the whole process's, so it is set at a terabyte, where no other test writes.
@Suite(.serialized) struct FileSizeLimitTests {
    private static let limit = 1 << 40
    private static let fileSize = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)

    @Test func `a write beyond the limit fails, and its signal is gone`() throws {
        let seen = try writeBeyondLimit { file in
            let failure = failure(of: file, writingAt: Self.limit)
            #expect(failure == SystemError(call: "pwrite", code: EFBIG))
        }
        #expect(seen == 0)
    }

    @Test func `a write that the limit cuts short is a failure`() throws {
        let seen = try writeBeyondLimit { file in
            let failure = failure(of: file, writingAt: Self.limit - 2)
            #expect(failure != nil)
        }
        #expect(seen == 0)
    }

    /// What the two above are worth: without the section the signal does come.
    @Test func `outside a critical section the signal is delivered`() throws {
        let seen = try writeBeyondLimit { file in
            let isWritten: ()? = try? file.write([1, 2, 3], at: Self.limit)
            #expect(isWritten == nil)
        }
        #expect(seen == 1)
    }

    private func failure(
        of file: borrowing FileDescriptor,
        writingAt offset: Int
    ) -> SystemError? {
        do throws(SystemError) {
            try CriticalSection.run { () throws(SystemError) in
                try file.write([1, 2, 3], at: offset)
            }
        } catch {
            return error
        }
        return nil
    }

    /// How many times SIGXFSZ came while `body` ran under the limit.
    private func writeBeyondLimit(_ body: (borrowing FileDescriptor) -> Void) throws -> Int {
        let folder = try TemporaryFolder()
        let file = try FileDescriptor.open(folder.write("f", []), .readWrite)
        var before = rlimit()
        #expect(getrlimit(Self.fileSize, &before) == 0)
        var limited = before
        limited.rlim_cur = rlim_t(Self.limit)
        // Threads of a pool block every signal.
        let blocked = blockedSignals()
        setBlockedSignals([])
        signalsSeen = 0
        let handler = signal(SIGXFSZ) { _ in signalsSeen += 1 }
        #expect(setrlimit(Self.fileSize, &limited) == 0)
        defer {
            setrlimit(Self.fileSize, &before)
            signal(SIGXFSZ, handler)
            setBlockedSignals(blocked)
        }
        body(file)
        return Int(signalsSeen)
    }
}
