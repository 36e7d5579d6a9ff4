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
        "StateDirectory", "BindPaths",
    ]

    /// - Parameter files: the unit, and then its drop-ins in the order in which systemd reads them.
    package init(parsing files: [String]) {
        for file in files { read(file) }
    }

    private mutating func read(_ file: String) {
        var section = ""
        for line in file.split(whereSeparator: \.isNewline) {
            let line = line.drop { $0 == " " || $0 == "\t" }
            if line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("[") {
                section = String(line.dropFirst().prefix { $0 != "]" })
                continue
            }
            guard section == "Service", let equals = line.firstIndex(of: "=") else { continue }
            let name = line[..<equals].split(separator: " ").first.map(String.init) ?? ""
            let value = line[line.index(after: equals)...].split { $0 == " " || $0 == "\t" }
                .map(String.init)
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
        var best = (length: -1, access: UnitAccess.writable)
        func consider(_ folders: [String], _ access: (String) -> UnitAccess) {
            for folder in folders {
                let folder = String(folder.drop { "-+!".contains($0) }.prefix { $0 != ":" })
                guard path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/") else {
                    continue
                }
                if folder.count > best.length { best = (folder.count, access(folder)) }
            }
        }
        if settings["DynamicUser"] == ["yes"] {
            consider(["/"]) { _ in .readOnly("DynamicUser=yes") }
        }
        switch settings["ProtectSystem"] {
        case ["strict"]: consider(["/"]) { _ in .readOnly("ProtectSystem=strict") }
        case ["full"]:
            consider(["/usr", "/boot", "/efi", "/etc"]) { _ in .readOnly("ProtectSystem=full") }
        case ["yes"], ["true"], ["1"], ["on"]:
            consider(["/usr", "/boot", "/efi"]) { _ in .readOnly("ProtectSystem=yes") }
        default: break
        }
        // Of two settings for one path the stricter one counts.
        consider(values("InaccessiblePaths")) { .hidden("InaccessiblePaths=\($0)") }
        consider(values("TemporaryFileSystem")) { .hidden("TemporaryFileSystem=\($0)") }
        consider(values("ReadOnlyPaths")) { .readOnly("ReadOnlyPaths=\($0)") }
        let state = values("StateDirectory").map { "/var/lib/" + $0 }
        consider(values("ReadWritePaths") + values("BindPaths") + state) { _ in .writable }
        return best.access
    }

    private func values(_ name: String) -> [String] { settings[name] ?? [] }
}
