internal import System
internal import Verification

/// What a change of the sealing key came to.
package struct KeyChange {
    /// How many enrollments were sealed under the new key.
    package fileprivate(set) var resealed = 0
    /// Why others were not; while there is one, the key before stays in the key file.
    package fileprivate(set) var problems: [StoreError] = []
}

extension Store {
    /// Changes the sealing key of the whole store, or goes on with a change that was interrupted.
    ///
    /// No batch can be at work then: what it has staged is under the key from before.
    ///
    /// At every moment the key file holds every key that something is sealed under: the new one is
    /// on the disk before it is used, the one before leaves when nothing needs it any more. Logins
    /// and changes go on all the while; whoever seals reads the key under the record's lock
    /// (`sealingKey`), so that what was not here yet when the records were listed, or is changed
    /// after its turn, is under the new one.
    ///
    /// - Returns: how many enrollments were sealed anew, and what kept others from it.
    /// - Throws: `StoreError`; the change is not finished then, and can be repeated.
    package func changeKey() throws(StoreError) -> KeyChange {
        try lockKey()
        let staging = try Staging(in: self)
        return try withExtendedLifetime(staging) { () throws(StoreError) in
            try changeLockedKey()
        }
    }

    private func changeLockedKey() throws(StoreError) -> KeyChange {
        var key = try HostKey.read(path: keyFile, owner: owner)
        if key.isBeingChanged {
            // What was interrupted may not have put the name of the file on the disk.
            try synchronizeKey()
        } else {
            try checkOpensSomething(key)
            let fresh = try StoreError.wrapping(path: keyFile) { () throws(SystemError) in
                try HostKey.newKey()
            }
            key = key.replaced(by: fresh)
            try writeKey(key)
        }
        let new = key.withoutPrevious()
        var change = KeyChange()
        for uid in try uids() {
            do throws(StoreError) {
                if try reseal(uid, from: key, to: new) { change.resealed += 1 }
            } catch {
                change.problems.append(error)
            }
        }
        if change.problems.isEmpty { try writeKey(new) }
        return change
    }

    /// Throws if there are enrollments and the key opens none of them.
    ///
    /// It is not the one of this store then, and a further one on top of it would help nobody.
    private func checkOpensSomething(_ key: borrowing HostKey) throws(StoreError) {
        var foreign: StoreError?
        for uid in try uids() {
            let path: Text = "\(recordPath(of: uid))/\(EnrollmentFile.name)"
            do throws(StoreError) {
                let isOpen = try withRecord(of: uid) { (folder) throws(StoreError) -> Bool in
                    guard let bytes = try enrollmentBytes(in: folder, of: uid) else { return false }
                    _ = try EnrollmentFile.decode(bytes, uid: uid, path: path, under: key)
                    return true
                }
                if isOpen == true { return }
            } catch {
                if case .cannotUnseal = error { foreign = foreign ?? error }
            }
        }
        if let foreign { throw foreign }
    }

    /// The key to seal under: the one that is in the file now, and on the disk.
    ///
    /// To be asked for under the lock of the record that is to be sealed, see `changeKey`.
    func sealingKey() throws(StoreError) -> HostKey {
        let current = try HostKey.read(path: keyFile, owner: owner)
        guard current.storeID == key.storeID else { throw .foreignStore(path: path) }
        if current.isBeingChanged { try synchronizeKey() }
        return current
    }

    /// One change of the key at a time.
    private func lockKey() throws(StoreError) {
        let holder = try StoreError.wrapping(path: path) { () throws(SystemError) -> UInt64? in
            try folder.tryLock() ? nil : folder.status().inode
        }
        if let holder { throw .busy(path: path, holder: LockHolder.find(inode: holder)) }
    }

    /// Seals a person's enrollment anew; false if that has been done, or there is none.
    private func reseal(
        _ uid: UserID,
        from old: borrowing HostKey,
        to new: borrowing HostKey
    ) throws(StoreError) -> Bool {
        let path: Text = "\(recordPath(of: uid))/\(EnrollmentFile.name)"
        return try withRecord(of: uid) { (folder) throws(StoreError) -> Bool in
            guard let bytes = try enrollmentBytes(in: folder, of: uid) else { return false }
            if try isSealed(bytes, of: uid, path: path, under: new) {
                // The same: a name that is not on the disk may be lost after the key before is.
                try StoreError.wrapping(path: path) { () throws(SystemError) in
                    try folder.synchronize()
                }
                return false
            }
            let enrollment = try EnrollmentFile.decode(bytes, uid: uid, path: path, under: old)
            let prepared = try prepare(enrollment, under: new, in: folder)
            try StoreError.wrapping(path: path) { () throws(SystemError) in
                try folder.publish(prepared)
            }
            return true
        } ?? false
    }

    private func isSealed(
        _ bytes: [UInt8],
        of uid: UserID,
        path: Text,
        under key: borrowing HostKey
    ) throws(StoreError) -> Bool {
        do throws(StoreError) {
            _ = try EnrollmentFile.decode(bytes, uid: uid, path: path, under: key)
            return true
        } catch {
            guard case .cannotUnseal = error else { throw error }
            return false
        }
    }

    private func writeKey(_ key: borrowing HostKey) throws(StoreError) {
        let access = try StoreError.wrapping { () throws(FileError) in
            try TrustedFile.open(keyFile, trust: .secret(owner))
        }
        try StoreError.wrapping(path: keyFile) { () throws(SystemError) in
            let status = try access.status()
            let parent = try FileDescriptor.open(keyFile.parent, .directory)
            try parent.publish(
                parent.prepare(
                    keyFile.lastComponent,
                    key.fileContents(),
                    mode: status.permissions,
                    owner: owner,
                    group: status.group
                )
            )
        }
    }

    private func synchronizeKey() throws(StoreError) {
        try StoreError.wrapping(path: keyFile) { () throws(SystemError) in
            try FileDescriptor.open(keyFile.parent, .directory).synchronize()
        }
    }
}

extension HostKey {
    fileprivate var isBeingChanged: Bool {
        switch previous {
        case .some: true
        case nil: false
        }
    }

    /// The key of the same store with another in its place.
    fileprivate consuming func replaced(by fresh: consuming SecretBytes) -> HostKey {
        HostKey(storeID: storeID, key: fresh, previous: key)
    }

    fileprivate func withoutPrevious() -> HostKey {
        let copy = unsafe key.withUnsafeBytes { unsafe SecretBytes(copying: $0) }
        return HostKey(storeID: storeID, key: copy)
    }
}
