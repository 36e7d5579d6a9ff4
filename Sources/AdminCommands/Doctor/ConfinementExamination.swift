internal import Doctor

/// What keeps the programs that log people in from the store, though they are root.
struct ConfinementExamination {
    let store: String

    private static let units = [
        "ssh.service", "sshd.service", "ssh@.service", "sshd@.service", "getty@.service",
        "polkit-agent-helper@.service",
    ]
    /// As systemd looks for them, the first one it finds.
    private static let folders = [
        "/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system",
        "/usr/lib/systemd/system", "/lib/systemd/system",
    ]
    private static let programs = ["sshd", "polkit-agent-helper-1", "login", "sudo", "su"]

    var diagnoses: [Diagnosis] { Self.units.compactMap(unit) + profiles }

    private func unit(_ name: String) -> Diagnosis? {
        let paths = Self.folders.map { "\($0)/\(name)" }
        guard let unit = paths.compactMap(HostFiles.text).first else { return nil }
        // Of drop-ins with one name the first folder's counts; they are read in the order of names.
        var dropIns: [String: String] = [:]
        let found = paths.reversed().flatMap { HostFiles.paths(in: "\($0).d") }
        for path in found where path.hasSuffix(".conf") {
            dropIns[String(path.split(separator: "/").last ?? "")] = path
        }
        let files = dropIns.sorted { $0.key < $1.key }.compactMap { HostFiles.text($0.value) }
        let setting: String
        switch UnitSettings(parsing: [unit] + files).access(to: store) {
        case .writable: return nil
        case .readOnly(let found), .hidden(let found): setting = found
        }
        return Diagnosis(
            .problem,
            name,
            "systemd keeps it from writing '\(store)', so that no code is accepted",
            evidence: [setting],
            remedy: "systemctl edit \(name): [Service] ReadWritePaths=\(store)"
        )
    }

    /// AppArmor's, where one is enforced for such a program and keeps it from what a login does.
    private var profiles: [Diagnosis] {
        let list = "/sys/kernel/security/apparmor/profiles"
        guard HostFiles.exists("/sys/kernel/security/apparmor") else { return [] }
        guard let loaded = HostFiles.text(list) else {
            return [
                Diagnosis(.unseen, "AppArmor", "the profiles that are loaded, which are root's")
            ]
        }
        let files =
            HostFiles.paths(in: "/etc/apparmor.d") + HostFiles.paths(in: "/etc/apparmor.d/local")
        let texts = files.compactMap(HostFiles.text)
        return AppArmor.enforced(in: loaded, for: Self.programs).compactMap { profile in
            if AppArmor.allows(loginsIn: store, of: profile, in: texts) { return nil }
            return Diagnosis(
                .warning,
                "AppArmor",
                "the profile '\(profile)' does not let it read, write and lock in '\(store)'",
                remedy:
                    "\(store)/** rwk, in a file of /etc/apparmor.d/local; then apparmor_parser -r"
            )
        }
    }
}
