internal import Doctor
internal import System

/// Whether the key is kept where every clone of /etc has it.
enum VersionControl {
    private struct Kind {
        let folder: String
        /// The file that names what it is not to take in, and what stands there before a path that
        /// begins at the root; nil for one that lists these in another way.
        var ignored: (file: String, prefix: String)?
    }

    private static let kinds = [
        Kind(folder: ".git", ignored: (".gitignore", "/")),
        Kind(folder: ".hg", ignored: (".hgignore", "glob:")),
        Kind(folder: ".bzr", ignored: (".bzrignore", "./")),
        Kind(folder: "_darcs"),
    ]

    static func diagnoses(of key: String) -> [Diagnosis] {
        var folder = Text(key.utf8).parent
        while folder != "/" {
            for kind in kinds where HostFiles.exists("\(folder)/\(kind.folder)") {
                return [diagnosis(of: key, below: "\(folder)", kind)].compactMap { $0 }
            }
            folder = folder.parent
        }
        return []
    }

    private static func diagnosis(
        of key: String,
        below root: String,
        _ kind: Kind
    ) -> Diagnosis? {
        let path = String(key.dropFirst(root.count + 1))
        if let index = HostFiles.read("\(root)/\(kind.folder)/index"), holds(index, path) {
            return Diagnosis(
                .problem,
                "key",
                "'\(key)' is under version control in \(root): every clone opens all secrets",
                remedy: "take it out of there, with its history, and then totp-admin rekey"
            )
        }
        let ignored = kind.ignored.flatMap { HostFiles.text("\(root)/\($0.file)") } ?? ""
        let file = path.split(separator: "/").last ?? ""
        if ignored.split(separator: "\n").contains(where: { $0.hasSuffix(file) }) { return nil }
        return Diagnosis(
            .warning,
            "key",
            "\(root) is under version control, which will take '\(key)' in",
            remedy: kind.ignored.map { "echo \($0.prefix)\(path) >>\(root)/\($0.file)" }
        )
    }

    /// Whether git's index names the path: its entries have it as it is, NUL behind it.
    private static func holds(_ index: [UInt8], _ path: String) -> Bool {
        let wanted = Array(path.utf8) + [0]
        guard index.count >= wanted.count else { return false }
        return index.indices.dropLast(wanted.count - 1).contains { start in
            index[start] == wanted[0] && index[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }
}
