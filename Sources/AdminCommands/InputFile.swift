internal import Glibc
internal import System

/// Files that an administrator names on the command line.
enum InputFile {
    /// More bytes than a file of a hundred thousand tokens has.
    private static let sizeLimit = 32 * 1024 * 1024

    /// The whole of a regular file, or of standard input for `-`.
    static func read(_ path: String) throws(AdminError) -> [UInt8] {
        if path == "-" { return readStandardInput() }
        do throws(SystemError) {
            let file = try FileDescriptor.open(Text(path.utf8), .read)
            let status = try file.status()
            if status.kind == .regular, status.size <= sizeLimit {
                return try file.read(count: Int(status.size), at: 0)
            }
        } catch {
            throw AdminError(.dataError, "cannot read '\(path)': \(error.description)")
        }
        throw AdminError(
            .dataError,
            "'\(path)' is not a regular file of at most \(sizeLimit) bytes"
        )
    }

    private static func readStandardInput() -> [UInt8] {
        var bytes: [UInt8] = []
        while let line = readLine(strippingNewline: false) { bytes += Array(line.utf8) }
        return bytes
    }
}
