internal import CSystem

/// The process that holds a lock somebody waits for in vain, as /proc tells it; for the log.
package struct LockHolder: Equatable {
    package let process: Int32
    /// What it runs; empty if that is not to be seen.
    package let command: Text

    /// Who has the flock(2) lock on the file with this inode number; nil if /proc does not say.
    ///
    /// The device is not compared: btrfs and overlay file systems show another one here than stat
    /// does.
    package static func find(inode: UInt64) -> LockHolder? {
        guard let locks = read("/proc/locks", limit: 1 << 20),
            let process = process(holding: inode, in: locks)
        else { return nil }
        let command = read("/proc/\(process)/comm", limit: 64) ?? []
        return LockHolder(process: process, command: Text(command.prefix { $0 >= 0x20 }))
    }

    /// Reads proc_locks(5): `1: FLOCK  ADVISORY  WRITE 1234 08:01:5678 0 EOF`.
    ///
    /// Somebody who waits is on a line with `->`, and is not the holder.
    static func process(holding inode: UInt64, in locks: [UInt8]) -> Int32? {
        for line in locks.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(whereSeparator: ASCII.isBlank)
            guard fields.count >= 6, Text(fields[1]) == "FLOCK",
                let number = fields[5].split(separator: UInt8(ascii: ":")).last,
                Decimal.parse(number, as: UInt64.self) == inode
            else { continue }
            return Decimal.parse(fields[4], as: Int32.self)
        }
        return nil
    }

    private static func read(_ path: Text, limit: Int) -> [UInt8]? {
        do throws(SystemError) {
            return try FileDescriptor.open(path, .read).read(count: limit, at: 0)
        } catch {
            return nil
        }
    }
}
