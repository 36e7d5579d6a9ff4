import Foundation

/// The source tree that these tests are of.
enum Project {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../..").standardizedFileURL.path

    /// The paths of the files below a folder, relative to it.
    static func files(in folder: String) throws -> Set<String> {
        let paths = try Command.output(of: "find", folder, "-type", "f", "-printf", "%P\\n")
        return Set(paths.split(separator: "\n").map(String.init))
    }
}
