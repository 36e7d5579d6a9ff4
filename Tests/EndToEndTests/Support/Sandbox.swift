import Foundation

/// Where these tests run: inside `scripts/sandbox`, as root, and nowhere else.
enum Sandbox {
    static let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// What programs get of the environment: where to be found, and for scripts/coverage where to
    /// count.
    static let environment: [String: String] = {
        let counts = ProcessInfo.processInfo.environment["LLVM_PROFILE_FILE"]
        return ["PATH": path].merging(counts.map { ["LLVM_PROFILE_FILE": $0] } ?? [:]) { $1 }
    }()

    /// Fails the test unless it runs in the sandbox; the first time, prepares it for all of them.
    static func enter() throws { try prepared.get() }

    private static let prepared = Result { () throws in
        // Another namespace than the one that scripts/sandbox was started in.
        let link = "/proc/self/ns/mnt"
        let namespace = try FileManager.default.destinationOfSymbolicLink(atPath: link)
        guard let outside = ProcessInfo.processInfo.environment["TOTP_SANDBOX_OUTSIDE"],
            outside != namespace, getuid() == 0
        else { throw Failure("these tests change /etc: run them with scripts/test") }
        for stack in Stack.allCases { try stack.install() }
        try Directory.install()
        _ = try SystemLog.shared.get()
        _ = try Command.output(of: "totp-admin", "init")
    }
}
