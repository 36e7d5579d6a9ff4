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
        try check(access, trust: trust, path: path) { () throws(SystemError) in
            try FileDescriptor.open(path, access)
        }
    }

    /// Opens and checks `name` in `folder`; `path` is what messages call it.
    package static func open(
        _ name: Text,
        in folder: borrowing FileDescriptor,
        path: Text,
        _ access: FileDescriptor.Access = .read,
        trust: Trust
    ) throws(FileError) -> FileDescriptor {
        let folder = folder.raw
        return try check(access, trust: trust, path: path) { () throws(SystemError) in
            try FileDescriptor.open(name, in: folder, access)
        }
    }

    /// The whole of the file at `path`, which is at most `limit` bytes long.
    package static func read(
        _ path: Text,
        limit: Int,
        trust: Trust
    ) throws(FileError) -> [UInt8] {
        try contents(of: open(path, trust: trust), path: path, limit: limit)
    }

    /// The whole of the file `name` in `folder`, which is at most `limit` bytes long.
    package static func read(
        _ name: Text,
        in folder: borrowing FileDescriptor,
        path: Text,
        limit: Int,
        trust: Trust
    ) throws(FileError) -> [UInt8] {
        try contents(of: open(name, in: folder, path: path, trust: trust), path: path, limit: limit)
    }

    /// The whole of the file at `path`, which holds a secret and is `size` bytes long.
    package static func readSecret(
        _ path: Text,
        size: Int,
        trust: Trust
    ) throws(FileError) -> SecretBytes {
        let file = try open(path, trust: trust)
        do throws(SystemError) {
            if try file.status().size == size { return try file.readSecret(count: size) }
        } catch {
            throw .system(error, path: path)
        }
        throw .distrusted(.sizeIsNot(size), path: path)
    }

    private static func check(
        _ access: FileDescriptor.Access,
        trust: Trust,
        path: Text,
        opening: () throws(SystemError) -> FileDescriptor
    ) throws(FileError) -> FileDescriptor {
        let objection: Distrust?
        do throws(SystemError) {
            let file = try opening()
            objection = trust.objection(to: try file.status(), kind: access.kind)
            if objection == nil { return file }
        } catch {
            throw error.isSymbolicLink
                ? .distrusted(.symbolicLink, path: path) : .system(error, path: path)
        }
        throw .distrusted(objection ?? .notRegular, path: path)
    }

    private static func contents(
        of file: borrowing FileDescriptor,
        path: Text,
        limit: Int
    ) throws(FileError) -> [UInt8] {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try file.read(count: limit + 1, at: 0)
        } catch {
            throw .system(error, path: path)
        }
        guard bytes.count <= limit else { throw .distrusted(.tooLarge(limit: limit), path: path) }
        return bytes
    }
}
