internal import CSystem

/// Changing what is in an open folder. Nothing a login does.
extension FileDescriptor {
    /// Makes a folder that only its owner and group may enter; false if it is already there.
    package func makeFolder(
        _ name: Text,
        mode: FileMode,
        owner: UserID,
        group: GroupID
    ) throws(SystemError) -> Bool {
        let isNew = unsafe mkdirat(raw, name.terminated, 0o700) == 0
        if !isNew {
            let failure = SystemError.last("mkdirat")
            if !failure.isAlreadyThere { throw failure }
        }
        // One that is there may be all that an interrupted attempt got done.
        let folder = try open(name, .directory)
        try folder.setAccess(mode: mode, owner: owner, group: group)
        // A copy on write needs room, and a full disk must not stop a login.
        guard totp_write_in_place(folder.raw) == 0 else { throw SystemError.last("ioctl") }
        try synchronize()
        return isNew
    }

    /// Writes a new file under a temporary name and puts it on the disk; `publish` gives it its
    /// name.
    ///
    /// What an interrupted attempt left behind is replaced.
    package func prepare(
        _ name: Text,
        _ bytes: [UInt8],
        mode: FileMode,
        owner: UserID,
        group: GroupID
    ) throws(SystemError) -> PreparedFile {
        let temporary: Text = ".\(name).new"
        try remove(temporary)
        let file = try open(temporary, .create(mode: 0o600))
        do throws(SystemError) {
            try file.write(bytes, at: 0)
            try file.setAccess(mode: mode, owner: owner, group: group)
            try file.synchronize()
        } catch {
            try? remove(temporary)
            throw error
        }
        return PreparedFile(temporary: temporary, name: name)
    }

    /// Puts a prepared file in the place of whatever has its name, and the folder on the disk.
    package func publish(_ file: PreparedFile) throws(SystemError) {
        let (old, new) = (file.temporary.terminated, file.name.terminated)
        let outcome = unsafe renameat(raw, old, raw, new)
        guard outcome == 0 else { throw SystemError.last("renameat") }
        try synchronize()
    }

    /// Drops a prepared file that will not be published.
    package func discard(_ file: PreparedFile) { try? remove(file.temporary) }

    /// Removes a file; nothing happens if there is none.
    package func remove(_ name: Text) throws(SystemError) {
        try unlink(name, flags: 0, call: "unlinkat")
    }

    /// Removes an empty folder; nothing happens if there is none.
    package func removeFolder(_ name: Text) throws(SystemError) {
        try unlink(name, flags: AT_REMOVEDIR, call: "rmdir")
    }

    private func unlink(_ name: Text, flags: CInt, call: Text) throws(SystemError) {
        let outcome = unsafe unlinkat(raw, name.terminated, flags)
        if outcome == 0 { return }
        let failure = SystemError.last(call)
        if !failure.isNotFound { throw failure }
    }

    /// Gives a new file its owner, group and mode, and access to nobody else.
    ///
    /// Its folder may have a default access list: what that lets others do counts as the group's part
    /// of the mode.
    func setAccess(
        mode: FileMode,
        owner: UserID,
        group: GroupID
    ) throws(SystemError) {
        guard totp_remove_access_lists(raw) == 0 else { throw SystemError.last("fremovexattr") }
        guard fchown(raw, owner, group) == 0 else { throw SystemError.last("fchown") }
        guard fchmod(raw, mode) == 0 else { throw SystemError.last("fchmod") }
    }

    /// Throws if nothing can be made in this folder: its file system is read-only, say.
    package func checkWritable() throws(SystemError) {
        guard unsafe faccessat(raw, ".", W_OK, 0) == 0 else { throw SystemError.last("faccessat") }
    }

    /// The names in this folder, in no order, without `.` and `..`.
    package func names() throws(SystemError) -> [Text] {
        // SAFETY: fdopendir takes over the duplicate, and closedir closes it; the entry that
        // readdir returns is copied before the next call.
        let copy = totp_duplicate(raw)
        guard copy >= 0 else { throw SystemError.last("fcntl") }
        guard let stream = unsafe fdopendir(copy) else {
            let failure = SystemError.last("fdopendir")
            _ = close(copy)
            throw failure
        }
        defer { unsafe closedir(stream) }
        unsafe rewinddir(stream)
        var names: [Text] = []
        while let name = unsafe totp_next_name(stream) {
            let name = unsafe Text(cString: name)
            if name != ".", name != ".." { names.append(name) }
        }
        guard totp_errno() == 0 else { throw SystemError.last("readdir") }
        return names
    }
}

/// A file that is whole and on the disk, and has yet to be given its name.
package struct PreparedFile {
    fileprivate let temporary: Text
    fileprivate let name: Text

    package init(temporary: Text, name: Text) {
        self.temporary = temporary
        self.name = name
    }
}
