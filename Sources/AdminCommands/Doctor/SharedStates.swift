internal import CHost
internal import Doctor
internal import Glibc

/// The states whose blocks are a copy's too, so that a login needs room for new ones.
struct SharedStates {
    /// How many; nil if that cannot be seen.
    let count: Int?
    private let first: String?

    init(among paths: [String]) {
        let found = Parallel.map(paths) { path in
            var isShared: CInt = 0
            // SAFETY: it fills in one of these.
            return (path, unsafe totp_read_sharing(path, &isShared), isShared != 0)
        }
        let shared = found.filter { $0.2 }
        first = shared.first?.0
        // One that is missing is another diagnosis; where no file can tell, none can be shared.
        let isKnown = found.allSatisfy { [0, ENOENT, ENOTTY, EOPNOTSUPP].contains($0.1) }
        count = isKnown && geteuid() == 0 ? shared.count : nil
    }

    var diagnosis: Diagnosis? {
        guard let count, let first else { return nil }
        return Diagnosis(
            .warning,
            "store",
            "a copy (cp, a snapshot) shares blocks with states, which a login then writes elsewhere; "
                + "with a full disk it is denied: \(count)",
            evidence: ["\(first)\(count > 1 ? ", …" : "")"],
            remedy:
                "keep room on the disk, and make copies by 'totp-admin backup'; a login has its own "
                + "blocks again"
        )
    }
}
