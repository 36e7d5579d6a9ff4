internal import CSystem

/// Why a file is not believed although it could be opened.
package enum Distrust: Equatable {
    case notRegular
    case notDirectory
    case symbolicLink
    case hardLinked
    case ownedBy(UserID)
    case permissions(FileMode)
    case tooLarge(limit: Int)
    case sizeIsNot(Int)

    package var description: Text {
        switch self {
        case .notRegular: "is not a regular file"
        case .notDirectory: "is not a directory"
        case .symbolicLink: "is a symbolic link; name the file itself"
        case .hardLinked: "has more than one name (hard links)"
        case .ownedBy(let owner): "is owned by uid \(owner)"
        case .permissions(let mode): "has mode \(mode: mode), open to too many"
        case .sizeIsNot(let size): "is not \(size) bytes long, as such a file is"
        case .tooLarge(let limit): "is larger than \(limit) bytes"
        }
    }
}

/// A file that could not be opened, read or believed.
package enum FileError: Error, Equatable {
    case system(SystemError, path: Text)
    case distrusted(Distrust, path: Text)

    package var isNotFound: Bool {
        if case .system(let error, _) = self { error.isNotFound } else { false }
    }

    package var description: Text {
        switch self {
        case .system(let error, let path): "'\(path)': \(error.description)"
        case .distrusted(let reason, let path): "'\(path)' \(reason.description)"
        }
    }
}

/// Who may have written a file for it to be believed.
package struct Trust {
    /// The only owner believed: 0, but in tests.
    package let owner: UserID
    /// Permission bits of which none may be set.
    package let forbidden: FileMode

    /// Nobody but the owner writes it.
    package static func writtenByOwner(_ owner: UserID) -> Trust {
        Trust(owner: owner, forbidden: 0o022)
    }

    /// Nobody but the owner and the group writes it, and others do not even read it.
    package static func privateToGroup(_ owner: UserID) -> Trust {
        Trust(owner: owner, forbidden: 0o007)
    }

    /// Nobody but the owner writes it, and others do not even read it.
    package static func secret(_ owner: UserID) -> Trust {
        Trust(owner: owner, forbidden: 0o027)
    }

    /// What speaks against `status`, if anything does.
    package func objection(to status: FileStatus, kind: FileStatus.Kind) -> Distrust? {
        if status.kind != kind { return kind == .directory ? .notDirectory : .notRegular }
        if kind == .regular, status.links > 1 { return .hardLinked }
        if status.owner != owner { return .ownedBy(status.owner) }
        if status.permissions & forbidden != 0 { return .permissions(status.permissions) }
        return nil
    }
}

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

    /// The whole of the file at `path`, which holds a secret and is `size` bytes long.
    package static func readSecret(
        _ path: Text,
        size: Int,
        trust: Trust
    ) throws(FileError) -> SecretBytes {
        var wanted: Int64? = Int64(size)
        let file = try check(.read, trust: trust, path: path, &wanted) { () throws(SystemError) in
            try FileDescriptor.open(path, .read)
        }
        do throws(SystemError) {
            return try file.readSecret(count: size)
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
