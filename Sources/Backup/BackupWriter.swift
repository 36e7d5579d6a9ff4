internal import Store
package import System

/// Writes a backup: a head, a record that says when it was made, a record a person, and a last one
/// with their number.
///
/// Under a temporary name, 0600, until it is whole and on the disk.
package struct BackupWriter: ~Copyable {
    private let path: Text
    private let file: FileDescriptor
    private let keys: BackupKeys
    private var offset = 0
    private var number: UInt64 = 0

    /// Writes the backup that `body` gives the records of.
    ///
    /// - Parameters:
    ///   - path: the file, which is not there yet, in a folder that is no symbolic link.
    ///   - secret: what to seal it under.
    ///   - now: when it is made, in seconds since 1970.
    ///   - iterations: of PBKDF2, for a passphrase; as many as there should be, but in tests.
    ///   - body: adds the records.
    /// - Returns: what `body` returned.
    /// - Throws: `BackupError`; there is no file then.
    package static func write<Result>(
        _ path: Text,
        under secret: borrowing BackupSecret,
        at now: Int64,
        iterations: UInt32 = BackupHead.iterations,
        _ body: (inout BackupWriter) throws(BackupError) -> Result
    ) throws(BackupError) -> Result {
        let folder = try folder(of: path)
        let temporary = temporaryName(of: path)
        try checkNew(path, temporary, in: folder)
        let head: BackupHead
        do throws(SystemError) {
            head = try .generate(iterations: secret.isPassphrase ? iterations : 0)
        } catch {
            throw .system(error)
        }
        let file = try BackupError.wrapping(path: path) { () throws(SystemError) in
            try folder.open(temporary, .create(mode: 0o600))
        }
        let prepared = PreparedFile(temporary: temporary, name: path.lastComponent)
        do throws(BackupError) {
            var writer = BackupWriter(path, file, BackupKeys(secret, head))
            try writer.put(head.bytes)
            try writer.append(now.littleEndianBytes)
            let result = try body(&writer)
            try writer.end()
            // It may have come there meanwhile. Not every file system can find out as it renames.
            if try names(in: folder, path).contains(path.lastComponent) {
                throw BackupError.alreadyThere(path: path)
            }
            try BackupError.wrapping(path: path) { () throws(SystemError) in
                try folder.publish(prepared)
            }
            return result
        } catch {
            folder.discard(prepared)
            throw error
        }
    }

    /// Throws what `write` would throw because of what is there already.
    package static func checkNew(_ path: Text) throws(BackupError) {
        try checkNew(path, temporaryName(of: path), in: folder(of: path))
    }

    private static func checkNew(
        _ path: Text,
        _ temporary: Text,
        in folder: borrowing FileDescriptor
    ) throws(BackupError) {
        let names = try names(in: folder, path)
        if names.contains(path.lastComponent) { throw .alreadyThere(path: path) }
        if names.contains(temporary) { throw .unfinished(path: "\(path.parent)/\(temporary)") }
    }

    /// What is in the folder of `path`.
    private static func names(
        in folder: borrowing FileDescriptor,
        _ path: Text
    ) throws(BackupError) -> [Text] {
        do throws(SystemError) {
            return try folder.names()
        } catch {
            throw .file(.system(error, path: path.parent))
        }
    }

    private static func folder(of path: Text) throws(BackupError) -> FileDescriptor {
        try BackupError.wrapping(path: path.parent) { () throws(SystemError) in
            try FileDescriptor.open(path.parent, .directory)
        }
    }

    private static func temporaryName(of path: Text) -> Text { ".\(path.lastComponent).new" }

    private init(_ path: Text, _ file: consuming FileDescriptor, _ keys: consuming BackupKeys) {
        self.path = path
        self.file = file
        self.keys = keys
    }

    package mutating func add(_ record: SavedRecord) throws(BackupError) {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try record.encode(under: keys.secrets)
        } catch {
            throw .system(error)
        }
        try append(bytes)
    }

    private mutating func append(_ record: [UInt8], isLast: Bool = false) throws(BackupError) {
        try put(
            SealedRecord.seal(record, number: number, isLast: isLast, under: keys.records)
        )
        number += 1
    }

    private mutating func end() throws(BackupError) {
        try append((number - 1).littleEndianBytes, isLast: true)
        do throws(SystemError) {
            try file.synchronize()
        } catch {
            throw .file(.system(error, path: path))
        }
    }

    private mutating func put(_ bytes: [UInt8]) throws(BackupError) {
        do throws(SystemError) {
            try file.write(bytes, at: offset)
        } catch {
            throw .file(.system(error, path: path))
        }
        offset += bytes.count
    }
}
