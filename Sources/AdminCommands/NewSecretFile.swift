internal import System

/// A new file for secrets: its owner's alone from the start, never in the place of another one.
///
/// If it is not finished it is removed.
final class NewSecretFile {
    private let path: String
    private let folder: FileDescriptor
    private let file: FileDescriptor
    private let name: Text
    private var isFinished = false

    init(_ path: String) throws(AdminError) {
        let text = Text(path.utf8)
        let isRelative = !text.utf8.contains(UInt8(ascii: "/"))
        self.path = path
        // The last dot: the folder may be reached through a link.
        let parent: Text = isRelative ? "." : "\(text.parent)/."
        let last = text.lastComponent
        let folder = try Self.opening(path) { () throws(SystemError) in
            try .open(parent, .directory)
        }
        file = try Self.opening(path) { () throws(SystemError) in
            try folder.open(last, .create(mode: 0o600))
        }
        self.folder = folder
        name = last
    }

    private static func opening(
        _ path: String,
        _ body: () throws(SystemError) -> FileDescriptor
    ) throws(AdminError) -> FileDescriptor {
        do throws(SystemError) {
            return try body()
        } catch {
            throw AdminError(.cannotCreate, "cannot make '\(path)': \(error.description)")
        }
    }

    /// Writes everything and returns once it is on the disk.
    ///
    /// A file that would be empty is removed.
    func finish(_ text: String) throws(AdminError) {
        do throws(SystemError) {
            if text.isEmpty {
                try folder.remove(name)
            } else {
                try file.write(Array(text.utf8), at: 0)
                try file.synchronize()
                try folder.synchronize()
            }
            isFinished = true
        } catch {
            throw AdminError(.inputOutput, "cannot write '\(path)': \(error.description)")
        }
    }

    deinit { if !isFinished { try? folder.remove(name) } }
}
