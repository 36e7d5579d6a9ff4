internal import Glibc
internal import System

/// Where a backup goes.
enum BackupPath {
    /// The path of a file in a folder that exists, without links.
    ///
    /// Nothing is written into the store: what removes a record removes whatever is beside it, and
    /// what destroys the store must not take its backup along.
    static func resolve(_ path: String, outside store: Text) throws(AdminError) -> Text {
        try NewSecretFile.checkName(path)
        let name = Text(path.utf8).lastComponent
        guard !name.isEmpty, name != ".", name != ".." else {
            throw AdminError(.usage, "'\(path)' is not the name of a file")
        }
        let parent = path.contains("/") ? Text(path.utf8).parent : "."
        let folder = try realPath(parent, orExitWith: .cannotCreate)
        let storeFolder = try realPath(store, orExitWith: .unavailable)
        guard folder != storeFolder,
            !folder.utf8.starts(with: storeFolder.utf8 + [UInt8(ascii: "/")])
        else { throw AdminError(.usage, "'\(path)' is in the store; name a file elsewhere") }
        return folder == "/" ? "/\(name)" : "\(folder)/\(name)"
    }

    private static func realPath(
        _ path: Text,
        orExitWith status: AdminError.Status
    ) throws(AdminError) -> Text {
        // SAFETY: realpath returns memory that is ours to free, or NULL.
        guard let resolved = unsafe realpath(path.terminated, nil) else {
            let error = SystemError(call: "realpath", code: errno)
            throw AdminError(status, "cannot use '\(path)': \(error.description)")
        }
        defer { unsafe free(resolved) }
        return unsafe Text(cString: resolved)
    }
}
