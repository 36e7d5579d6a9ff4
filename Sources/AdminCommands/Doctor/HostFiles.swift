internal import FoundationEssentials
internal import Glibc

/// The machine's own files, as whoever runs the program may read them.
///
/// Links are followed: some distributions keep /etc/pam.d as links.
enum HostFiles {
    /// - Returns: nil for a file that cannot be read, or has more than so many bytes.
    static func read(_ path: String, atMost limit: Int = 64 << 20) -> [UInt8]? {
        var status = stat()
        // SAFETY: it fills in one of these.
        guard unsafe stat(path, &status) == 0, status.st_size <= limit else { return nil }
        return FileManager.default.contents(atPath: path).map { Array($0) }
    }

    static func text(_ path: String) -> String? {
        read(path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The paths of what is in a folder, by name; none if it cannot be read.
    static func paths(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted().map { "\(folder)/\($0)" }
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// Whether it is there and may not be read.
    static func isDenied(_ path: String) -> Bool {
        unsafe access(path, R_OK) != 0 && errno == EACCES
    }

    /// The paths that a pattern of glob(7) stands for, in its order.
    static func matching(_ pattern: String) -> [String] {
        var found = unsafe glob_t()
        defer { unsafe globfree(&found) }
        guard unsafe glob(pattern, 0, nil, &found) == 0 else { return [] }
        var paths: [String] = []
        for index in 0..<Int(unsafe found.gl_pathc) {
            // SAFETY: glob has filled in so many paths.
            if let path = unsafe found.gl_pathv[index] {
                unsafe paths.append(String(cString: path))
            }
        }
        return paths
    }
}

/// C's text in Swift's arrays.
enum CText {
    /// What stands before the NUL.
    static func string(_ text: [CChar]) -> String {
        String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
