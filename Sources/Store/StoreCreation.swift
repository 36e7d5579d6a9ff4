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
    /// There is a key, and not the store that it names: unmounted, perhaps.
    case keyWithoutStore(key: Text, store: Text)
    /// There is a store with people in it, and not the key that opens it.
    case storeWithoutKey(store: Text, key: Text)

    package var description: Text {
        switch self {
        case .store(let error): error.description
        case .keyWithoutStore(let key, let store):
            "'\(key)' is there, but its store '\(store)' is not; mount it, or, to start anew, move the key away"
        case .storeWithoutKey(let store, let key):
            "'\(store)' has people in it, but its key '\(key)' is missing; restore it from a backup"
        }
    }
}

extension Store {
    private static let folderMode: FileMode = 0o750
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
        let keyPath = configuration.keyFile
        let path = configuration.store
        let hasKey: Bool
        do throws(StoreError) {
            _ = try HostKey.read(path: keyPath, owner: owner)
            hasKey = true
        } catch {
            guard error.isNotFound else { throw .store(error) }
            hasKey = false
        }
        do throws(StoreError) {
            if hasKey {
                _ = try Store(configuration, owner: owner)
                return .alreadyThere
            }
            if try make(path, keyPath: keyPath, owner: owner, group: group) { return .created }
        } catch {
            if hasKey, error.isNotFound { throw .keyWithoutStore(key: keyPath, store: path) }
            throw .store(error)
        }
        throw .storeWithoutKey(store: path, key: keyPath)
    }

    /// False if there already is a store with people in it.
    private static func make(
        _ path: Text,
        keyPath: Text,
        owner: UserID,
        group: GroupID
    ) throws(StoreError) -> Bool {
        let key = try StoreError.wrapping(path: keyPath) { () throws(SystemError) in
            try HostKey.generate()
        }
        let isNew = try StoreError.wrapping(path: path) { () throws(SystemError) in
            let parent = try FileDescriptor.open(path.parent, .directory)
            _ = try parent.makeFolder(
                path.lastComponent,
                mode: folderMode,
                owner: owner,
                group: group
            )
            let folder = try parent.open(path.lastComponent, .directory)
            _ = try folder.makeFolder(usersName, mode: folderMode, owner: owner, group: group)
            guard try folder.open(usersName, .directory).names().isEmpty else { return false }
            try folder.publish(
                folder.prepare(
                    markerName,
                    markerContents(key),
                    mode: fileMode,
                    owner: owner,
                    group: group
                )
            )
            return true
        }
        if isNew {
            try StoreError.wrapping(path: keyPath) { () throws(SystemError) in
                let parent = try FileDescriptor.open(keyPath.parent, .directory)
                try parent.publish(
                    parent.prepare(
                        keyPath.lastComponent,
                        key.fileContents(),
                        mode: fileMode,
                        owner: owner,
                        group: group
                    )
                )
            }
        }
        return isNew
    }
}
