package import System

/// A key without its store, or a store without its key: what is missing, and what to do.
package struct StoreLoss: Equatable {
    package enum Missing {
        /// There is a key, and not the store that it names: unmounted, perhaps.
        case store
        /// There is a store with people in it, and not the key that opens it.
        case key
    }

    private let missing: Missing
    private let keyFile: Text
    private let store: Text

    init(_ missing: Missing, of configuration: Configuration) {
        self.missing = missing
        keyFile = configuration.keyFile
        store = configuration.store
    }

    /// Finds out, when a store could not be opened for want of one of the two, which it was; nil if it
    /// was both, or nobody is in the store, so that `Store.create` makes them.
    package init?(
        in configuration: Configuration,
        owner: UserID = 0
    ) throws(StoreError) {
        if try HostKey.exists(path: configuration.keyFile, owner: owner) {
            self.init(.store, of: configuration)
        } else if try Store.hasPeople(in: configuration.store) {
            self.init(.key, of: configuration)
        } else {
            return nil
        }
    }

    package var description: Text {
        let problem: Text =
            switch missing {
            case .store: "'\(keyFile)' is there, but its store '\(store)' is not"
            case .key: "'\(store)' has people in it, but its key '\(keyFile)' is missing"
            }
        return "\(problem); \(remedy)"
    }

    /// What brings both back: what there was, or else what a backup has.
    package var remedy: Text {
        // Until it is restored nobody is enrolled in the new one.
        let lost: Text = "if it is lost, take nullok out of the stacks and run"
        let anew: Text = "totp-admin init && totp-admin restore FILE"
        switch missing {
        case .store:
            return "mount it, or, \(lost): mv '\(keyFile)' '\(keyFile).old' && \(anew)"
        case .key:
            // Within the store, which may be a file system of its own.
            let away: Text = "mv '\(store)/users' '\(store)/users.old'"
            return "put it back, or, \(lost): \(away) && \(anew)"
        }
    }
}

extension Store {
    /// Whether a store, whosever it is, has records; false if there is none.
    fileprivate static func hasPeople(in path: Text) throws(StoreError) -> Bool {
        do throws(StoreError) {
            let folder = try StoreError.wrapping(path: path) { () throws(SystemError) in
                try FileDescriptor.open("\(path)/\(usersName)", .directory)
            }
            return try !uids(in: folder, path: path).isEmpty
        } catch {
            if error.isNotFound { return false }
            throw error
        }
    }
}
