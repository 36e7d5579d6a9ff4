internal import Glibc
internal import System

/// A file for what reads none but files; in TMPDIR, and always the same one.
enum ScratchFile {
    private static let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"

    /// The path of a file with these contents.
    static func path(_ contents: [UInt8], ending: String = "") -> String {
        let path = "\(folder)/fuzz-\(getpid())\(ending)"
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        defer { close(file) }
        guard file >= 0, write(file, contents, contents.count) == contents.count else {
            fatalError("cannot write '\(path)'")
        }
        return path
    }

    /// A path where there is no file yet.
    static func freePath(_ name: String) -> String {
        let path = "\(folder)/\(name)-\(getpid())"
        unlink(path)
        return path
    }

    static func contents(_ path: String) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(file, &bytes, bytes.count)
        guard count >= 0 else { fatalError("cannot read '\(path)'") }
        return Array(bytes.prefix(count))
    }
}
