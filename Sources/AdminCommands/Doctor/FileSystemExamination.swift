internal import CHost
internal import Doctor

/// What the store lies on.
enum FileSystemExamination {
    /// A record is two files of some kilobytes in a folder.
    private static let fewBytes: UInt64 = 16 << 20
    private static let fewFiles: UInt64 = 1_000

    static func diagnoses(of paths: StorePaths) -> [Diagnosis] {
        var system = totp_file_system()
        // SAFETY: it fills in one of these.
        guard unsafe totp_read_file_system(paths.store, &system) == 0 else { return [] }
        let shared = SharedStates(among: paths.states)
        let outcome = FullDisk(writesInPlace: system.writes_in_place != 0, sharing: shared.count)
        return [kind(system), shared.diagnosis, room(system, outcome), label(paths.store)]
            .compactMap { $0 }
    }

    /// Whether what is written there stays, and stays one.
    private static func kind(_ system: totp_file_system) -> Diagnosis? {
        let (level, text): (Diagnosis.Level, String)
        switch system.medium {
        case .memory:
            (level, text) = (.problem, "it is in memory (tmpfs): it is gone after a reboot")
        case .overlay:
            (level, text) = (.warning, "it is on an overlay: a new container has the old codes")
        case .network:
            (level, text) = (.warning, "it is on a network: while that is away, nobody gets in")
        case .fuse:
            (level, text) = (
                .warning, "it is on FUSE: whether it keeps what it is given is its own"
            )
        case .btrfs where system.writes_in_place == 0:
            return Diagnosis(
                .warning,
                "store",
                "btrfs copies on write here, which a full disk stops",
                remedy: "chattr +C on the folder, before people are enrolled"
            )
        case .btrfs, .other: return nil
        }
        return Diagnosis(level, "store", text, remedy: "store = /another/folder, in totp.conf")
    }

    private static func room(_ system: totp_file_system, _ outcome: FullDisk) -> Diagnosis? {
        let noFiles = system.files > 0 && system.free_files < fewFiles
        if system.free_bytes >= fewBytes, !noFiles { return nil }
        let free = "\(system.free_bytes >> 20) MB, \(system.free_files) files"
        return Diagnosis(
            .warning,
            "store",
            "its disk is nearly full (\(free)): nobody can be enrolled; \(outcome.text)",
            remedy: "make room"
        )
    }

    /// Where SELinux is on, programs that log people in may write only what is labelled for it.
    private static func label(_ store: String) -> Diagnosis? {
        guard HostFiles.exists("/sys/fs/selinux/enforce") else { return nil }
        var label = [CChar](repeating: 0, count: 512)
        // SAFETY: so many bytes are there, and it terminates what it writes.
        guard unsafe totp_read_label(store, &label, label.count) == 0 else { return nil }
        let text = CText.string(label)
        if text.split(separator: ":").dropFirst(2).first == "var_auth_t" { return nil }
        return Diagnosis(
            .warning,
            "store",
            "SELinux calls it \(text), which sshd may not write",
            remedy: "semanage fcontext -a -t var_auth_t '\(store)(/.*)?'; restorecon -R \(store)"
        )
    }
}
