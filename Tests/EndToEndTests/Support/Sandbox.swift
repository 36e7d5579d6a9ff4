import Foundation

/// Where these tests run: inside `scripts/sandbox`, as root, and nowhere else.
enum Sandbox {
    static let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

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
