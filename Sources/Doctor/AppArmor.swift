/// Profiles of AppArmor, as far as it matters whether a program may use a folder (apparmor.d(5)).
package enum AppArmor {
    /// The enforced ones that a program of these names runs under.
    ///
    /// `loaded` has one a line, `name (mode)`, as the kernel lists them.
    package static func enforced(in loaded: String, for programs: [String]) -> [String] {
        loaded.split(whereSeparator: \.isNewline).compactMap { line in
            guard let end = line.lastIndex(of: " "), line[end...] == " (enforce)" else {
                return nil
            }
            let name = String(line[..<end])
            return programs.contains { name == $0 || name.hasSuffix("/\($0)") } ? name : nil
        }
    }

    /// Whether the files of /etc/apparmor.d that are about this profile let it do in a folder what a
    /// login does to records: read, write and lock.
    ///
    /// What the files include is not looked at; of a file that names the profile every rule counts, also
    /// another profile's.
    package static func allows(
        loginsIn folder: String,
        of profile: String,
        in files: [String]
    ) -> Bool {
        let lines = files.filter { $0.contains(profile) || $0.contains(folder) }
            .flatMap { $0.split(whereSeparator: \.isNewline) }
        return Set(lines.flatMap { rights(in: folder, by: $0) }).isSuperset(of: "rwk")
    }

    /// What a line gives below a folder, a letter each.
    private static func rights(in folder: String, by line: Substring) -> Substring {
        var words = line.split { $0 == " " || $0 == "\t" }[...]
        if words.first == "owner" || words.first == "file" { words.removeFirst() }
        guard words.count >= 2, let path = words.first, path.hasPrefix("/"),
            covers(path, folder + "/x/y")
        else { return "" }
        return words[words.startIndex + 1].prefix { $0 != "," }
    }

    /// Whether a pattern's beginning, up to `**`, is the path's.
    private static func covers(_ pattern: Substring, _ path: String) -> Bool {
        guard pattern.hasSuffix("**") else { return false }
        return path.hasPrefix(pattern.dropLast(2))
    }
}
