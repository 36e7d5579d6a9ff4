import Doctor
import Testing

@Suite struct UnitSettingsTests {
    private func access(_ files: String..., to path: String = "/var/lib/pam-totp") -> UnitAccess {
        UnitSettings(parsing: files.map { "[Service]\n" + $0 }).access(to: path)
    }

    @Test(arguments: [
        "", "ProtectSystem=full", "ProtectSystem=yes", "ProtectSystem=no",
        "ReadOnlyPaths=/var/lib/pam",
        "ProtectSystem=strict\nReadWritePaths=/var/lib/pam-totp", "# ProtectSystem=strict",
        "ProtectSystem=strict\nReadWritePaths=-/srv +/var/lib", "InaccessiblePaths=/home",
        "ProtectSystem=strict\nStateDirectory=other pam-totp",

        "ReadOnlyPaths=/var\nReadOnlyPaths=", "[Unit]\nProtectSystem=strict",
    ])
    func `a store that may be written`(settings: String) {
        #expect(access(settings) == .writable)
    }

    @Test(arguments: [
        ("ProtectSystem=strict", "ProtectSystem=strict"), ("DynamicUser=yes", "DynamicUser=yes"),
        ("ProtectSystem = strict", "ProtectSystem=strict"),
        ("ProtectSystem=strict\nReadWritePaths=/var/lib/pam", "ProtectSystem=strict"),
        ("ReadOnlyPaths=/srv -/var", "ReadOnlyPaths=/var"),
        ("ReadWritePaths=/var\nReadOnlyPaths=/var/lib", "ReadOnlyPaths=/var/lib"),
        ("ReadWritePaths=/var\nReadOnlyPaths=/var", "ReadOnlyPaths=/var"),
    ])
    func `a store that is read-only, and by what`(settings: String, reason: String) {
        #expect(access(settings) == .readOnly(reason))
    }

    @Test func `a store that is not to be seen`() {
        #expect(access("InaccessiblePaths=/var/lib") == .hidden("InaccessiblePaths=/var/lib"))
        #expect(access("TemporaryFileSystem=/var:ro") == .hidden("TemporaryFileSystem=/var"))
    }

    @Test func `a drop-in adds to lists, and takes the place of what is one value`() {
        #expect(access("ProtectSystem=strict", "ReadWritePaths=/var/lib/pam-totp") == .writable)
        #expect(access("ProtectSystem=strict", "ProtectSystem=full") == .writable)
        #expect(access("ProtectSystem=full", to: "/etc/totp") == .readOnly("ProtectSystem=full"))
    }
}
