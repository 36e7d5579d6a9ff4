import Foundation
import System
import Testing

/// Commands that ask a directory which does not answer for more than one name.
@Suite struct SilentListingTests {
    private let directory: Directory
    private let site: Site

    init() throws {
        directory = try Directory()
        site = try Site()
        try directory.add()
    }

    private func admin(_ arguments: String...) throws -> Command {
        try Command.run(
            directory.wrapper + ["totp-admin"] + arguments
                + ["--conf", "\(site.folder)/totp.conf"]
        )
    }

    @Test func `a list that breaks off passes nobody over in silence`() throws {
        let all = try admin("import", "google-authenticator", "--all-homes", "--dry-run")
        #expect(all.status == 0, "\(all.error)")
        try directory.fallSilent(.passwd, .busy)
        for broken in try [
            admin("import", "google-authenticator", "--all-homes", "--dry-run"),
            admin("list", "--not-enrolled"),
        ] {
            #expect(broken.status == 69)
            #expect(broken.text.isEmpty)
            #expect(broken.error.hasPrefix("totp-admin: cannot list the accounts: getpwent: "))
        }
    }

    /// A key and a store that are root's would keep screen lockers out for good.
    @Test func `init makes nothing while it cannot tell whether there is the helper's group`()
        throws
    {
        try directory.fallSilent(.group, .busy)
        let script = """
            sed '/^totp:/d' /etc/group >group
            mount --bind group /etc/group
            rm -r store totp.key
            totp-admin init --conf totp.conf
            """
        let run = try Command.run(
            directory.wrapper + ["unshare", "--mount", "sh", "-c", "cd \(site.folder); \(script)"]
        )
        #expect(run.status == 69)
        #expect(
            run.error.hasPrefix("totp-admin: cannot look up the group 'totp': getgrnam_r: "),
            "\(run.error)"
        )
        for made in ["store", "totp.key"] {
            #expect(!FileManager.default.fileExists(atPath: "\(site.folder)/\(made)"))
        }
    }
}
