internal import CSystem

/// Changing what is in an open folder without putting it on the disk, for those who change a lot of
/// it and then sync all of it at once. Nothing a login does.
extension FileDescriptor {
    /// Makes a folder and opens it; nil if there is something of that name.
    package func makeUnsyncedFolder(
        _ name: Text,
        mode: FileMode,
        owner: UserID,
        group: GroupID
    ) throws(SystemError) -> FileDescriptor? {
        guard unsafe mkdirat(raw, name.terminated, 0o700) == 0 else {
            let failure = SystemError.last("mkdirat")
            if failure.isAlreadyThere { return nil }
            throw failure
        }
        let folder = try open(name, .directory)
        try folder.setAccess(mode: mode, owner: owner, group: group)
        guard totp_write_in_place(folder.raw) == 0 else { throw SystemError.last("ioctl") }
        return folder
    }

    /// Writes a file that must not exist yet.
    package func writeUnsynced(
        _ name: Text,
        _ bytes: [UInt8],
        mode: FileMode,
        owner: UserID,
        group: GroupID
    ) throws(SystemError) {
        let file = try open(name, .create(mode: 0o600))
        try file.write(bytes, at: 0)
        try file.setAccess(mode: mode, owner: owner, group: group)
    }

    /// Puts a file in the place of whatever has its name: nobody ever finds half of it there.
    package func replaceUnsynced(
        _ name: Text,
        _ bytes: [UInt8],
        mode: FileMode,
        owner: UserID,
        group: GroupID
    ) throws(SystemError) {
        let temporary: Text = ".\(name).new"
        try remove(temporary)
        do throws(SystemError) {
            try writeUnsynced(temporary, bytes, mode: mode, owner: owner, group: group)
            let outcome = unsafe renameat(raw, temporary.terminated, raw, name.terminated)
            guard outcome == 0 else { throw SystemError.last("renameat") }
        } catch {
            try? remove(temporary)
            throw error
        }
    }

    /// Moves what is called `name` to another folder of the file system; false if there already is
    /// something of that name.
    package func moveUnsynced(
        _ name: Text,
        to folder: borrowing FileDescriptor
    ) throws(SystemError) -> Bool {
        if unsafe totp_move_new(raw, name.terminated, folder.raw, name.terminated) == 0 {
            return true
        }
        let failure = SystemError.last("renameat2")
        if failure.isAlreadyThere { return false }
        throw failure
    }

    /// Returns once everything that was written to this file's file system is on the disk
    /// (syncfs(2)).
    ///
    /// A failure of any writing since this file was opened is reported here.
    package func synchronizeFileSystem() throws(SystemError) {
        guard totp_synchronize_file_system(raw) == 0 else { throw SystemError.last("syncfs") }
    }
}
