internal import Store
internal import System

/// A backup that was opened: nothing of it is given out that was not sealed under its key, at its
/// place.
///
/// That it is whole is known once `next` has returned nil.
package struct BackupReader: ~Copyable {
    private let path: Text
    private let file: FileDescriptor
    private let keys: BackupKeys
    /// When it was made, in seconds since 1970.
    package let madeAt: Int64
    /// The first of the people's records, and the next one.
    private let start: Place
    private var place: Place

    private struct Place {
        var offset: Int
        var number: UInt64
    }

    /// - Throws: `BackupError`, when `secret` does not open it.
    package init(
        _ backup: consuming BackupFile,
        under secret: borrowing BackupSecret
    ) throws(BackupError) {
        let (head, path) = (backup.head, backup.path)
        guard head.isUnderPassphrase == secret.isPassphrase else {
            throw head.isUnderPassphrase
                ? .needsPassphrase(path: path) : .needsKeyFile(path: path)
        }
        let keys = BackupKeys(secret, head)
        let sealed = try Self.sealed(at: BackupHead.size, in: backup.file, path)
        guard
            let first = SealedRecord.open(sealed, number: 0, isLast: false, under: keys.records),
            let madeAt = Int64(littleEndianBytes: first)
        else { throw .cannotOpen(path: path) }
        self.path = path
        self.madeAt = madeAt
        let offset = BackupHead.size + SealedRecord.lengthSize + sealed.count
        start = Place(offset: offset, number: 1)
        place = start
        file = backup.file
        self.keys = keys
    }

    /// The next person's record; nil at the end of a backup that is whole.
    package mutating func next() throws(BackupError) -> SavedRecord? {
        let sealed = try Self.sealed(at: place.offset, in: file, path)
        let here = place
        place.offset += SealedRecord.lengthSize + sealed.count
        place.number += 1
        if let bytes = SealedRecord.open(
            sealed,
            number: here.number,
            isLast: false,
            under: keys.records
        ) {
            guard let record = SavedRecord(bytes, under: keys.secrets) else {
                throw .damaged(path: path, offset: here.offset)
            }
            return record
        }
        guard
            let last = SealedRecord.open(
                sealed,
                number: here.number,
                isLast: true,
                under: keys.records
            ), UInt64(littleEndianBytes: last) == here.number - 1
        else { throw .damaged(path: path, offset: here.offset) }
        guard try Self.read(1, at: place.offset, in: file, path).isEmpty else {
            throw .damaged(path: path, offset: place.offset)
        }
        return nil
    }

    /// Begins with the first person again.
    package mutating func rewind() { place = start }

    /// What is sealed in the record at `offset`.
    private static func sealed(
        at offset: Int,
        in file: borrowing FileDescriptor,
        _ path: Text
    ) throws(BackupError) -> [UInt8] {
        let length = try read(SealedRecord.lengthSize, at: offset, in: file, path)
        guard let count = UInt32(littleEndianBytes: length), count <= SealedRecord.lengthLimit
        else { throw .damaged(path: path, offset: offset) }
        let start = offset + SealedRecord.lengthSize
        let sealed = try read(Int(count), at: start, in: file, path)
        guard sealed.count == count else { throw .damaged(path: path, offset: offset) }
        return sealed
    }

    private static func read(
        _ count: Int,
        at offset: Int,
        in file: borrowing FileDescriptor,
        _ path: Text
    ) throws(BackupError) -> [UInt8] {
        do throws(SystemError) {
            return try file.read(count: count, at: offset)
        } catch {
            throw .file(.system(error, path: path))
        }
    }
}
