import Foundation

/// The module as scripts/build made it.
enum BuiltModule {
    /// Where libpam finds it.
    static let path = Result { () throws -> String in
        let paths = try Command.output(of: "find", "/usr/lib", "-name", "pam_totp.so")
        guard let path = paths.split(separator: "\n").first else { throw Failure("no module") }
        return String(path)
    }

    /// The same with the names of its functions, as before it was stripped, and without what valgrind
    /// does not read of Swift.
    private static let named = Result { () throws -> String in
        let copy = "/run/home/pam_totp-named.so"
        let built = "\(Project.folder)/.build-embedded/release/libpam_totp.so"
        _ = try Command.output(of: "strip", "--strip-debug", "-o", copy, built)
        return copy
    }

    /// Before a command: runs it where the module has names.
    static func withNames() throws -> [String] {
        let script = "mount --bind \"$1\" \"$2\" && shift 2 && exec \"$@\""
        return ["unshare", "--mount", "sh", "-c", script, "sh", try named.get(), try path.get()]
    }
}
