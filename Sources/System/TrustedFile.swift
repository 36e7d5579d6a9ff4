/// Opening files that a verdict depends on: regular, of the right owner, not open to others.
package enum TrustedFile {
    /// Opens and checks the file or folder at `path`.
    package static func open(
        _ path: Text,
        _ access: FileDescriptor.Access = .read,
        trust: Trust
    ) throws(FileError) -> FileDescriptor {
        var size: Int64?
        return try check(access, trust: trust, path: path, &size) { () throws(SystemError) in
            try FileDescriptor.open(path, access)
        }
    }

    /// Opens and checks `name` in `folder`, which is `size` bytes long if that is given; `path` is
    /// what messages call it.
    package static func open(
        _ name: Text,
        in folder: borrowing FileDescriptor,
        path: Text,
        _ access: FileDescriptor.Access = .read,
        trust: Trust,
        size: Int? = nil
    ) throws(FileError) -> FileDescriptor {
        let folder = folder.raw
        var size = size.map(Int64.init)
        return try check(access, trust: trust, path: path, &size) { () throws(SystemError) in
            try FileDescriptor.open(name, in: folder, access)
        }
    }

    /// The whole of the file at `path`, which is at most `limit` bytes long.
    package static func read(
        _ path: Text,
        limit: Int,
        trust: Trust
    ) throws(FileError) -> [UInt8] {
        var size: Int64?
        let file = try check(.read, trust: trust, path: path, &size) { () throws(SystemError) in
            try FileDescriptor.open(path, .read)
        }
        return try contents(of: file, size: size, path: path, limit: limit)
    }

    /// The whole of the file `name` in `folder`, which is at most `limit` bytes long.
    package static func read(
        _ name: Text,
        in folder: borrowing FileDescriptor,
        path: Text,
        limit: Int,
        trust: Trust
    ) throws(FileError) -> [UInt8] {
        let folder = folder.raw
        var size: Int64?
        let file = try check(.read, trust: trust, path: path, &size) { () throws(SystemError) in
            try FileDescriptor.open(name, in: folder, .read)
        }
        return try contents(of: file, size: size, path: path, limit: limit)
    }

    /// The whole of the file at `path`, which holds a secret and is `size` bytes long, or of the
    /// other size that such a file may have.
    package static func readSecret(
        _ path: Text,
        size: Int,
        or otherSize: Int? = nil,
        trust: Trust
    ) throws(FileError) -> SecretBytes {
        var found: Int64?
        let file = try check(.read, trust: trust, path: path, &found) { () throws(SystemError) in
            try FileDescriptor.open(path, .read)
        }
        guard let count = found.flatMap(Int.init(exactly:)), count == size || count == otherSize
        else { throw .distrusted(.sizeIsNot(size), path: path) }
        do throws(SystemError) {
            return try file.readSecret(count: count)
        } catch {
            throw .system(error, path: path)
        }
    }

    /// Opens a file and checks it; `size` is the one wanted, if one is, and then the one it has.
    private static func check(
        _ access: FileDescriptor.Access,
        trust: Trust,
        path: Text,
        _ size: inout Int64?,
        opening: () throws(SystemError) -> FileDescriptor
    ) throws(FileError) -> FileDescriptor {
        let objection: Distrust
        do throws(SystemError) {
            let file = try opening()
            let status = try file.status()
            if let reason = trust.objection(to: status, kind: access.kind) {
                objection = reason
            } else if let size, status.size != size {
                objection = .sizeIsNot(Int(clamping: size))
            } else {
                size = status.size
                return file
            }
        } catch {
            throw error.isSymbolicLink
                ? .distrusted(.symbolicLink, path: path) : .system(error, path: path)
        }
        throw .distrusted(objection, path: path)
    }

    private static func contents(
        of file: borrowing FileDescriptor,
        size: Int64?,
        path: Text,
        limit: Int
    ) throws(FileError) -> [UInt8] {
        guard let count = size.flatMap(Int.init(exactly:)), count <= limit else {
            throw .distrusted(.tooLarge(limit: limit), path: path)
        }
        do throws(SystemError) {
            return try file.read(count: count, at: 0)
        } catch {
            throw .system(error, path: path)
        }
    }
}
