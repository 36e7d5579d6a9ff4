internal import CSystem

/// Why a file is not believed although it could be opened.
package enum Distrust: Equatable {
    case notRegular
    case symbolicLink
    case hardLinked
    case ownedBy(UserID, insteadOf: UserID)
    case permissions(FileMode, forbidden: FileMode)
    case tooLarge(limit: Int)
    case sizeIsNot(Int)

    package var description: Text {
        switch self {
        case .notRegular: "is not a regular file"
        case .symbolicLink: "is a symbolic link; name the file itself"
        case .hardLinked: "has more than one name (hard links)"
        case .ownedBy(let owner, _): "is owned by uid \(owner)"
        case .permissions(let mode, _): "has mode \(mode: mode), open to too many"
        case .sizeIsNot(let size): "is not \(size) bytes long, as such a file is"
        case .tooLarge(let limit): "is larger than \(limit) bytes"
        }
    }

    /// The command after which the file at `path` would be believed; nil for what no command mends.
    fileprivate func remedy(for path: Text) -> Text? {
        switch self {
        case .ownedBy(_, 0): "chown root '\(path)'"
        case .ownedBy(_, let owner): "chown \(owner) '\(path)'"
        case .permissions(let mode, let forbidden): "chmod \(mode: mode & ~forbidden) '\(path)'"
        default: nil
        }
    }
}

/// A file that could not be opened, read or believed.
package enum FileError: Error, Equatable {
    case system(SystemError, path: Text)
    case distrusted(Distrust, path: Text)

    /// Whether there is no such name; what says so of an open file is broken, not missing.
    package var isNotFound: Bool {
        if case .system(let error, _) = self {
            error.isNotFound && error.call == "open"
        } else {
            false
        }
    }

    /// A whole sentence, with what to do where that is known.
    package var description: Text {
        switch self {
        case .system(let error, let path):
            return "cannot use '\(path)': \(error.description)"
        case .distrusted(let reason, let path):
            let sentence: Text = "'\(path)' \(reason.description)"
            return reason.remedy(for: path).map { "\(sentence); \($0)" } ?? sentence
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
        // O_DIRECTORY has seen to it that a folder is one.
        if kind == .regular {
            if status.kind != .regular { return .notRegular }
            if status.links > 1 { return .hardLinked }
        }
        if status.owner != owner { return .ownedBy(status.owner, insteadOf: owner) }
        if status.permissions & forbidden != 0 {
            return .permissions(status.permissions, forbidden: forbidden)
        }
        return nil
    }
}
