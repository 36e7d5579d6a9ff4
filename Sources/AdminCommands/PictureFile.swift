internal import System

/// A new file with the picture of a secret, which root alone may read.
struct PictureFile: ~Copyable {
    private let folder: FileDescriptor
    private let name: Text

    /// Puts the file on the disk; from then on it is removed if a signal ends the process.
    ///
    /// Its folder is held open, so that whoever else may change the path to it cannot have another
    /// file removed.
    static func create(_ path: String, contents: [UInt8]) throws(AdminError) -> PictureFile {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let start = slash.map { path.utf8.index(after: $0) } ?? path.startIndex
        let name = Text(path.utf8[start...])
        do throws(SystemError) {
            // The dot, because the folder's own name may be a link.
            let folder = try FileDescriptor.open(Text("\(path[..<start]).".utf8), .directory)
            try write(contents, to: name, in: folder)
            return PictureFile(folder: folder, name: name)
        } catch {
            if error.isAlreadyThere {
                throw AdminError(.cannotCreate, "'\(path)' is already there; give another name")
            }
            throw AdminError(.cannotCreate, "cannot write '\(path)': \(error.description)")
        }
    }

    private static func write(
        _ contents: [UInt8],
        to name: Text,
        in folder: borrowing FileDescriptor
    ) throws(SystemError) {
        try CriticalSection.run { () throws(SystemError) in
            let file = try folder.open(name, .create(mode: 0o600))
            do throws(SystemError) {
                try file.write(contents, at: 0)
                try file.synchronize()
                try folder.synchronize()
            } catch {
                try? folder.remove(name)
                throw error
            }
            Interruption.removes(name, in: folder)
        }
    }

    /// Keeps the file if `save` succeeds, and removes it if `save` or what comes before throws.
    ///
    /// No signal ends the process in the middle of `save`, or there would be one without the other.
    consuming func keep<Result>(
        after before: () throws -> Void,
        saving save: () throws -> Result
    ) throws -> Result {
        do {
            try before()
            return try CriticalSection.run {
                let result = try save()
                Interruption.removesNothing()
                return result
            }
        } catch {
            // A signal in between would leave it.
            CriticalSection.run {
                Interruption.removesNothing()
                try? folder.remove(name)
            }
            throw error
        }
    }
}
