internal import System

/// A new file for secrets: its owner's alone from the start, never in the place of another one.
///
/// If it is not kept, or a signal ends the process before, it is removed. There is one at a time.
final class NewSecretFile {
    private let path: String
    private let folder: FileDescriptor
    private let file: FileDescriptor
    private let name: Text
    private var isKept = false

    /// Its folder is held open, so that whoever else may change the path to it cannot have another
    /// file removed.
    init(_ path: String) throws(AdminError) {
        try Self.checkName(path)
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let start = slash.map { path.utf8.index(after: $0) } ?? path.startIndex
        let name = Text(path.utf8[start...])
        do throws(SystemError) {
            // The dot, because the folder's own name may be a link.
            let folder = try FileDescriptor.open(Text("\(path[..<start]).".utf8), .directory)
            file = try CriticalSection.run { () throws(SystemError) in
                let file = try folder.open(name, .create(mode: 0o600))
                Interruption.removes(name, in: folder)
                return file
            }
            self.folder = folder
        } catch {
            if error.isAlreadyThere {
                throw AdminError(.cannotCreate, "'\(path)' is already there; give another name")
            }
            throw AdminError(.cannotCreate, "cannot write '\(path)': \(error.description)")
        }
        self.path = path
        self.name = name
    }

    /// Throws for what means standard output elsewhere, and would become a file of that name.
    static func checkName(_ path: String) throws(AdminError) {
        if path == "-" {
            throw AdminError(
                .usage,
                "'-' is no file, and nothing is written to standard output here"
            )
        }
    }

    /// Writes everything and returns once it is on the disk.
    func write(_ contents: [UInt8]) throws(AdminError) {
        do throws(SystemError) {
            try file.write(contents, at: 0)
            try file.synchronize()
            try folder.synchronize()
        } catch {
            throw AdminError(.cannotCreate, "cannot write '\(path)': \(error.description)")
        }
    }

    /// From now on it stays.
    func keep() {
        Interruption.removesNothing()
        isKept = true
    }

    /// Writes everything, and keeps the file unless that is nothing.
    func finish(_ text: String) throws(AdminError) {
        if text.isEmpty { return }
        try write(Array(text.utf8))
        keep()
    }

    deinit {
        if isKept { return }
        // A signal in between would leave it.
        CriticalSection.run {
            Interruption.removesNothing()
            try? folder.remove(name)
        }
    }
}
