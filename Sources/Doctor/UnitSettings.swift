/// What a unit of systemd lets its processes do with a path (systemd.exec(5)).
package enum UnitAccess: Equatable, Sendable {
    case writable
    /// By this setting.
    case readOnly(String)
    case hidden(String)
}

/// The settings of a unit's `[Service]` section that take paths away.
package struct UnitSettings {
    private var settings: [String: [String]] = [:]

    private static let lists: Set<String> = [
        "ReadWritePaths", "ReadOnlyPaths", "InaccessiblePaths", "TemporaryFileSystem",
        "StateDirectory", "BindPaths", "BindReadOnlyPaths",
    ]
    /// What these were called before systemd 231.
    private static let formerNames = [
        "ReadWriteDirectories": "ReadWritePaths", "ReadOnlyDirectories": "ReadOnlyPaths",
        "InaccessibleDirectories": "InaccessiblePaths",
    ]
    private static let homes = ["/home", "/root", "/run/user"]

    /// - Parameter files: the unit, and then its drop-ins in the order in which systemd reads them.
    package init(parsing files: [String]) {
        for file in files { read(file) }
    }

    private mutating func read(_ file: String) {
        var section = ""
        // A backslash at its end puts a line and the next one together.
        for line in file.replacing("\\\n", with: " ").split(whereSeparator: \.isNewline) {
            let line = line.drop { $0 == " " || $0 == "\t" }
            if line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("[") {
                section = String(line.dropFirst().prefix { $0 != "]" })
                continue
            }
            guard section == "Service", let equals = line.firstIndex(of: "=") else { continue }
            let written = line[..<equals].split(separator: " ").first.map(String.init) ?? ""
            let name = Self.formerNames[written] ?? written
            let value = line[line.index(after: equals)...].split { $0 == " " || $0 == "\t" }
                .map { String($0.filter { $0 != "\"" && $0 != "'" }) }
            // An empty list forgets what was there; of others the last counts.
            if value.isEmpty || !Self.lists.contains(name) {
                settings[name] = value
            } else {
                settings[name, default: []] += value
            }
        }
    }

    /// The setting that says most precisely what may be done with `path`.
    package func access(to path: String) -> UnitAccess {
        // Nothing below these can be taken out of them, and by nothing but a bind mount out of those.
        let inaccessible = folders("InaccessiblePaths") + (isOn("ProtectHome") ? homes() : [])
        if let hidden = Self.longest(inaccessible, around: path) { return .hidden(hidden.setting) }
        let bound = folders("BindPaths")
        let boundReadOnly = folders("BindReadOnlyPaths")
        let temporary =
            folders("TemporaryFileSystem") + (isSet("ProtectHome", "tmpfs") ? homes() : [])
        let shown = Self.longest(bound + boundReadOnly, around: path)?.path.count ?? -1
        if let hidden = Self.longest(temporary, around: path), hidden.path.count > shown {
            return .hidden(hidden.setting)
        }
        // Of two settings for one path the stricter one counts.
        let readOnly = system() + folders("ReadOnlyPaths") + boundReadOnly
        let state = (settings["StateDirectory"] ?? []).map {
            Folder("StateDirectory", "/var/lib/" + $0.prefix { $0 != ":" })
        }
        let writable = Self.longest(folders("ReadWritePaths") + bound + state, around: path)
        guard let found = Self.longest(readOnly, around: path),
            found.path.count >= writable?.path.count ?? -1
        else { return .writable }
        return .readOnly(found.setting)
    }

    /// What `ProtectSystem` and what implies it make read-only.
    private func system() -> [Folder] {
        var found: [Folder] = []
        func protect(_ paths: [String], by setting: String) {
            found += paths.map { Folder(setting: setting, path: $0) }
        }
        if isOn("DynamicUser") {
            protect(["/"], by: "DynamicUser=yes")
            found += homes()
        }
        if isSet("ProtectHome", "read-only") { found += homes() }
        if isSet("ProtectSystem", "strict") { protect(["/"], by: "ProtectSystem=strict") }
        if isSet("ProtectSystem", "full") {
            protect(["/usr", "/boot", "/efi", "/etc"], by: "ProtectSystem=full")
        }
        if isOn("ProtectSystem") { protect(["/usr", "/boot", "/efi"], by: "ProtectSystem=yes") }
        return found
    }

    private func homes() -> [Folder] {
        let value = settings["ProtectHome"]?.first ?? "read-only"
        return Self.homes.map { Folder(setting: "ProtectHome=\(value)", path: $0) }
    }

    private func isSet(_ name: String, _ value: String) -> Bool { settings[name] == [value] }

    private func isOn(_ name: String) -> Bool {
        guard let value = settings[name]?.first?.lowercased() else { return false }
        return ["1", "yes", "y", "true", "t", "on"].contains(value)
    }

    private func folders(_ name: String) -> [Folder] {
        (settings[name] ?? []).map { word in
            let parts = word.drop { "-+!".contains($0) }.split(separator: ":")
            // What is bound is seen at the second path; behind others there are options.
            let isBound = name.hasPrefix("Bind") && parts.count > 1
            return Folder(name, String(parts.isEmpty ? "" : parts[isBound ? 1 : 0]))
        }
    }

    /// The one that says most precisely.
    private static func longest(_ folders: [Folder], around path: String) -> Folder? {
        folders.filter { $0.contains(path) }.max { $0.path.count < $1.path.count }
    }

    private struct Folder {
        let setting: String
        /// Without a slash at its end, but for the root.
        let path: String

        init(setting: String, path: String) {
            self.setting = setting
            self.path = path
        }

        init(_ name: String, _ written: String) {
            var path = written
            while path.count > 1, path.hasSuffix("/") { path.removeLast() }
            self.init(setting: "\(name)=\(path)", path: path)
        }

        func contains(_ other: String) -> Bool {
            other == path || other.hasPrefix(path == "/" ? "/" : path + "/")
        }
    }
}
