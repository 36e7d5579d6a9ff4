internal import CSystem

/// What fstat(2) says of an open file.
package struct FileStatus {
    package enum Kind {
        case regular
        case directory
        case other
    }

    package let kind: Kind
    package let owner: UserID
    package let group: GroupID
    /// The permission bits alone.
    package let permissions: FileMode
    package let links: UInt64
    package let size: Int64
    package let inode: UInt64

    init(_ status: stat) {
        kind =
            totp_is_regular(status.st_mode) != 0
            ? .regular : totp_is_directory(status.st_mode) != 0 ? .directory : .other
        owner = status.st_uid
        group = status.st_gid
        permissions = status.st_mode & 0o7777
        links = UInt64(status.st_nlink)
        size = Int64(status.st_size)
        inode = UInt64(status.st_ino)
    }
}
