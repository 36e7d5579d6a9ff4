package import System

/// What `Store.create` found or made.
package enum StoreCreation: Equatable {
    case created
    /// Key and store are there and belong together.
    case alreadyThere
}

/// Why key and store were not made.
package enum StoreCreationError: Error, Equatable {
    case store(StoreError)
    case loss(StoreLoss)

    package var description: Text {
        switch self {
        case .store(let error): error.description
        case .loss(let loss): loss.description
        }
    }
}

extension Store {
    private static let storeFolderMode: FileMode = 0o750
    private static let fileMode: FileMode = 0o640

    /// Makes the key and the store that a configuration names, unless they are there.
    ///
    /// A store is never made for a key that exists: it would pass for an unmounted one, and in it
    /// nobody would be enrolled. The key comes last, so that an interrupted run can be repeated.
    ///
    /// - Parameters:
    ///   - configuration: names both.
    ///   - owner: 0, but in tests.
    ///   - group: who may read, besides the owner: `totp`, or 0 where there is no such group.
    /// - Returns: whether they were made or found.
    /// - Throws: `StoreCreationError`, when one is there without the other.
    package static func create(
        _ configuration: Configuration,
        owner: UserID = 0,
        group: GroupID
    ) throws(StoreCreationError) -> StoreCreation {
        if try isThere(configuration, owner: owner) { return .alreadyThere }
        do throws(StoreError) {
            let folder = try makeStoreFolder(configuration.store, owner: owner, group: group)
            let users = try StoreError.wrapping(path: configuration.store) {
                () throws(SystemError) in
                try folder.open(usersName, .directory)
            }
            // Another init may have been quicker.
            if try HostKey.exists(path: configuration.keyFile, owner: owner) {
                return .alreadyThere
            }
            if try uids(in: users, path: configuration.store).isEmpty {
                try makeFiles(configuration, in: users, owner: owner, group: group)
                return .created
            }
        } catch {
            throw .store(error)
        }
        throw .loss(StoreLoss(.key, of: configuration))
    }

    /// Whether there are a key and its store; throws for a key alone.
    private static func isThere(
        _ configuration: Configuration,
        owner: UserID
    ) throws(StoreCreationError) -> Bool {
        do throws(StoreError) {
            guard try HostKey.exists(path: configuration.keyFile, owner: owner) else {
                return false
            }
            _ = try Store(configuration, owner: owner)
            return true
        } catch {
            guard error.isNotFound else { throw .store(error) }
            throw .loss(StoreLoss(.store, of: configuration))
        }
    }

    /// The store's folder, with one for users in it, locked against another init.
    private static func makeStoreFolder(
        _ path: Text,
        owner: UserID,
        group: GroupID
    ) throws(StoreError) -> FileDescriptor {
        try StoreError.wrapping(path: path) { () throws(SystemError) in
            let parent = try FileDescriptor.open(path.parent, .directory)
            let name = path.lastComponent
            _ = try parent.makeFolder(name, mode: storeFolderMode, owner: owner, group: group)
            let folder = try parent.open(name, .directory)
            while try !folder.tryLock() { Clock.sleep(milliseconds: 10) }
            _ = try folder.makeFolder(usersName, mode: storeFolderMode, owner: owner, group: group)
            return folder
        }
    }

    private static func makeFiles(
        _ configuration: Configuration,
        in users: borrowing FileDescriptor,
        owner: UserID,
        group: GroupID
    ) throws(StoreError) {
        let keyFile = configuration.keyFile
        let key = try StoreError.wrapping(path: keyFile) { () throws(SystemError) in
            try HostKey.generate()
        }
        try StoreError.wrapping(path: configuration.store) { () throws(SystemError) in
            try users.publish(
                users.prepare(
                    markerName,
                    markerContents(key),
                    mode: fileMode,
                    owner: owner,
                    group: group
                )
            )
        }
        try StoreError.wrapping(path: keyFile) { () throws(SystemError) in
            let parent = try FileDescriptor.open(keyFile.parent, .directory)
            try parent.publish(
                parent.prepare(
                    keyFile.lastComponent,
                    key.fileContents(),
                    mode: fileMode,
                    owner: owner,
                    group: group
                )
            )
        }
    }
}
