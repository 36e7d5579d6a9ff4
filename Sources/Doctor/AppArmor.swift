/// Profiles of AppArmor, as far as it matters whether a program may write to a folder (apparmor.d(5)).
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

    /// Whether a file of /etc/apparmor.d that is about this profile lets it write in a folder.
    ///
    /// What the file includes is not looked at.
    package static func allows(writing folder: String, of profile: String, in file: String) -> Bool
    {
        guard file.contains(profile) || file.contains(folder) else { return false }
        return file.split(whereSeparator: \.isNewline).contains { line in
            var words = line.split { $0 == " " || $0 == "\t" }[...]
            if words.first == "owner" || words.first == "file" { words.removeFirst() }
            guard words.count >= 2, let path = words.first, path.hasPrefix("/") else {
                return false
            }
            let rights = words[words.startIndex + 1].prefix { $0 != "," }
            return rights.contains("w") && covers(path, folder + "/x/y")
        }
    }

    /// Whether a pattern's beginning, up to `**`, is the path's.
    private static func covers(_ pattern: Substring, _ path: String) -> Bool {
        guard pattern.hasSuffix("**") else { return false }
        return path.hasPrefix(pattern.dropLast(2))
    }
}
