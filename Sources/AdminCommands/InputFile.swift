internal import Glibc
internal import System

/// Files that an administrator names on the command line.
enum InputFile {
    /// More bytes than a file of a hundred thousand tokens has.
    private static let sizeLimit = 32 * 1024 * 1024
    private static let chunkSize = 64 * 1024

    /// The whole of a regular file, or of standard input for `-`.
    static func read(_ path: String) throws(AdminError) -> [UInt8] {
        if path == "-" { return try readStandardInput() }
        do throws(SystemError) {
            let file = try FileDescriptor.open(Text(path.utf8), .read)
            let status = try file.status()
            if status.kind == .regular, status.size <= sizeLimit {
                return try file.read(count: Int(status.size), at: 0)
            }
        } catch {
            throw AdminError(
                .noInput,
                error.isSymbolicLink
                    ? "'\(path)' \(Distrust.symbolicLink.description), or '-' for standard input"
                    : "cannot read '\(path)': \(error.description)"
            )
        }
        throw AdminError(
            .noInput,
            "'\(path)' is not a regular file of at most \(sizeLimit) bytes"
        )
    }

    private static func readStandardInput() throws(AdminError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count <= sizeLimit {
            let more = try chunk(of: STDIN_FILENO, path: "-")
            if more.isEmpty { return bytes }
            bytes += more
        }
        throw AdminError(.noInput, "standard input has more than \(sizeLimit) bytes")
    }

    /// What comes next in an open file; nothing at its end.
    static func chunk(of descriptor: Int32, path: String) throws(AdminError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: chunkSize)
        while true {
            // SAFETY: read fills no more than `bytes` has.
            let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
            if count >= 0 { return Array(bytes.prefix(count)) }
            let error = SystemError(call: "read", code: errno)
            guard error.code == EINTR else {
                throw AdminError(.noInput, "cannot read '\(path)': \(error.description)")
            }
        }
    }
}
