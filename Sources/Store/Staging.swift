package import System
internal import Verification

/// First enrollments by the hundred, synced together and not one by one.
///
///     stage, stage, …, synchronize, publish, publish, …, synchronize
///
/// A record is made whole in a folder that no login looks into, on the same file system, and comes
/// to life by one rename of its own folder, which happens only when everything in it is on the disk.
/// So at any instant, and after any crash, a record is there with both its files or is not there at
/// all. A crash before the second `synchronize` may take renames back; those people are then not
/// enrolled, as before. What is left in the staging folder by a crash is nobody's, and the next batch
/// removes it.
package struct Staging: ~Copyable {
    private static let name: Text = "batch"
    private static let mode: FileMode = 0o700

    fileprivate let folder: FileDescriptor
    fileprivate let path: Text

    /// Opens the staging folder of a store, locked for as long as this lives, and empties it.
    ///
    /// - Throws: `StoreError.busy` while there is another one.
    package init(in store: borrowing Store) throws(StoreError) {
        let path: Text = "\(store.path)/\(Store.usersName)/\(Self.name)"
        let folder = try store.openStaging(Self.name, mode: Self.mode, path: path)
        try StoreError.wrapping(path: path) { () throws(SystemError) in
            for name in try folder.names() {
                let record = try folder.open(name, .directory)
                for file in try record.names() { try record.remove(file) }
                try folder.removeFolder(name)
            }
        }
        self.folder = folder
        self.path = path
    }
}

extension Store {
    fileprivate func openStaging(
        _ name: Text,
        mode: FileMode,
        path: Text
    ) throws(StoreError) -> FileDescriptor {
        var inode: UInt64 = 0
        do throws(SystemError) {
            let group = try users.status().group
            _ = try users.makeFolder(name, mode: mode, owner: owner, group: group)
            let staging = try users.open(name, .directory)
            if try staging.tryLock() { return staging }
            inode = try staging.status().inode
        } catch {
            throw .file(.system(error, path: path))
        }
        throw .busy(path: path, holder: LockHolder.find(inode: inode))
    }

    /// Makes a person's first record in the staging folder; false if there is one in it already.
    ///
    /// - Throws: `StoreError`; what was begun is then left to be removed.
    package func stage(
        _ record: Record,
        in staging: borrowing Staging
    ) throws(StoreError) -> Bool {
        let uid = record.enrollment.uid
        // Nobody changes it while there is a batch.
        let key = try sealingKey()
        return try StoreError.wrapping(path: "\(staging.path)/\(uid)") { () throws(SystemError) in
            let group = try users.status().group
            let folder = try staging.folder.makeUnsyncedFolder(
                "\(uid)",
                mode: Self.folderMode,
                owner: owner,
                group: group
            )
            guard let folder else { return false }
            try folder.writeUnsynced(
                EnrollmentFile.name,
                EnrollmentFile.encode(record.enrollment, under: key),
                mode: Self.enrollmentMode,
                owner: owner,
                group: group
            )
            try folder.writeUnsynced(
                StateFile.name,
                StateFile.initialContents(record.state, uid: uid),
                mode: Self.stateMode,
                owner: owner,
                group: group
            )
            return true
        }
    }

    /// Brings a staged record to life; false if the person was enrolled meanwhile.
    ///
    /// To be called when `synchronize` has returned after it was staged.
    package func publish(
        _ uid: UserID,
        from staging: borrowing Staging
    ) throws(StoreError) -> Bool {
        while true {
            let isMoved = try StoreError.wrapping(path: recordPath(of: uid)) {
                () throws(SystemError) in
                try staging.folder.moveUnsynced("\(uid)", to: users)
            }
            if isMoved { return true }
            // What a first enrollment left that was interrupted makes room.
            let isFree = try withRecord(of: uid) { (folder) throws(StoreError) in
                guard try enrollment(in: folder, of: uid) == nil else { return false }
                _ = try removeFiles(of: uid, in: folder)
                return true
            }
            if isFree == false { return false }
        }
    }

    /// Returns once everything that was staged or published is on the disk.
    ///
    /// Somebody else's failure to write to the same file system fails this as well.
    package func synchronize() throws(StoreError) {
        try StoreError.wrapping(path: path) { () throws(SystemError) in
            try users.synchronizeFileSystem()
        }
    }
}
