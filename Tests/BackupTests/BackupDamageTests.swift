import System
import Testing

@testable import Backup

/// Whatever is done to a backup is noticed, and before its end is reached at the latest.
@Suite struct BackupDamageTests {
    private let folder: TemporaryFolder
    private let whole: [UInt8]
    /// Where each record begins, and where the file ends.
    private let starts: [Int]

    init() throws {
        folder = try TemporaryFolder()
        // Names of one length, so that two records are of one length too.
        try folder.backUp(
            [record("alice", uid: 1000), record("basil", uid: 1001)],
            under: passphrase()
        )
        whole = try folder.contents("backup")
        var starts = [BackupHead.size]
        while let start = starts.last, start < whole.count {
            let length = try #require(UInt32(littleEndianBytes: whole[start..<start + 4]))
            starts.append(start + 4 + Int(length))
        }
        self.starts = starts
    }

    private func isNoticed(_ bytes: [UInt8]) throws -> Bool {
        try folder.write("damaged", bytes)
        do throws(BackupError) {
            _ = try folder.read("damaged", under: passphrase())
            return false
        } catch {
            return true
        }
    }

    private func parts(_ order: [Int]) -> [UInt8] {
        whole[..<BackupHead.size] + order.flatMap { whole[starts[$0]..<starts[$0 + 1]] }
    }

    @Test func `what these tests damage is whole, two people between a first and a last record`()
        throws
    {
        #expect(starts.count == 5 && starts.last == whole.count)
        #expect(starts[2] - starts[1] == starts[3] - starts[2])
        #expect(try !isNoticed(parts([0, 1, 2, 3])))
    }

    @Test func `a byte that is altered, anywhere`() throws {
        for index in whole.indices {
            var damaged = whole
            damaged[index] ^= 1 << UInt8(index % 8)
            #expect(try isNoticed(damaged), "byte \(index)")
        }
    }

    @Test func `an end that is cut off, anywhere`() throws {
        // Around every record's ends, and elsewhere now and then: reading takes a while.
        let edges = starts.flatMap { [$0 - 1, $0, $0 + 1, $0 + 4, $0 + 5] }
        let counts = Set(edges + stride(from: 0, to: whole.count, by: 13))
        for count in counts.sorted() where count < whole.count {
            #expect(try isNoticed(Array(whole.prefix(count))), "\(count) bytes left")
        }
    }

    @Test(arguments: [
        [0, 1, 2], [0, 1], [0], [], [0, 2, 1, 3], [0, 1, 3], [0, 2, 3], [1, 2, 3], [0, 3],
        [0, 1, 1, 2, 3], [0, 1, 2, 2, 3], [0, 1, 2, 3, 3], [0, 1, 2, 3, 0], [0, 0, 1, 2, 3], [3],
    ])
    func `records left out, moved or repeated`(order: [Int]) throws {
        #expect(try isNoticed(parts(order)))
    }

    @Test func `a record of another backup under the same passphrase`() throws {
        try folder.backUp(
            [record("alice", uid: 1000), record("basil", uid: 1001)],
            to: "other",
            under: passphrase()
        )
        let other = try folder.contents("other")
        #expect(other.count == whole.count)
        for index in 0..<starts.count - 1 {
            var damaged = whole
            let range = starts[index]..<starts[index + 1]
            damaged.replaceSubrange(range, with: other[range])
            #expect(try isNoticed(damaged), "record \(index)")
        }
    }

    @Test func `anything behind the end`() throws { #expect(try isNoticed(whole + [0])) }
}
