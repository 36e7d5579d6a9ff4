internal import CHost
internal import Doctor
internal import System

/// The module, where libpam looks for it.
enum ModuleExamination {
    /// Where distributions keep modules; that of libpam is the one that has pam_permit.so.
    private static let patterns = [
        "/usr/lib/*/security", "/lib/*/security", "/usr/lib64/security", "/lib64/security",
        "/usr/lib/security", "/lib/security",
    ]

    /// Where libpam looks for modules; nil if that is not found.
    private static let folder: String? = patterns.flatMap(HostFiles.matching).first { folder in
        ownMachine == machine(of: "\(folder)/pam_permit.so")
    }

    private static let ownMachine = machine(of: "/proc/self/exe")

    static var diagnoses: [Diagnosis] {
        guard let folder else {
            return [Diagnosis(.unseen, "module", "the folder of PAM's modules is not found")]
        }
        return [diagnosis(of: "\(folder)/pam_totp.so", ownMachine)]
    }

    /// Whether libpam finds a module; taken for granted where nobody can say.
    static func isInstalled(_ path: String) -> Bool {
        if path.contains("$ISA") { return true }
        if path.hasPrefix("/") { return HostFiles.exists(path) }
        return folder.map { HostFiles.exists("\($0)/\(path)") } ?? true
    }

    private static func diagnosis(of path: String, _ machine: [UInt8]?) -> Diagnosis {
        func problem(_ text: String) -> Diagnosis {
            Diagnosis(.problem, "module", text, remedy: "scripts/install, as root")
        }
        guard HostFiles.exists(path) else { return problem("'\(path)' is not there") }
        do throws(FileError) {
            _ = try TrustedFile.open(Text(path.utf8), trust: .writtenByOwner(0))
        } catch {
            return problem("the module is not to be trusted: \(error.description)")
        }
        if Self.machine(of: path) != machine {
            return problem("'\(path)' is for another kind of machine")
        }
        var text = [CChar](repeating: 0, count: 1024)
        // SAFETY: the text is as long as is said, and is terminated.
        if unsafe totp_load_failure(path, &text, text.count) != 0 {
            let reason = CText.string(text)
            let cause = reason.isEmpty ? "'\(path)' kills whoever loads it" : reason
            return problem("the module does not load: \(cause)")
        }
        return Diagnosis(.ok, "module", "'\(path)' loads")
    }

    /// What an ELF file says of the machine it is for: class, byte order, e_machine (elf(5)); nil for
    /// no such file.
    private static func machine(of path: String) -> [UInt8]? {
        guard let file = HostFiles.read(path), file.count > 20,
            file.prefix(4).elementsEqual([0x7f, 0x45, 0x4c, 0x46])
        else { return nil }
        return [file[4], file[5], file[18], file[19]]
    }
}
