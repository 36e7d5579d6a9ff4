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

        "ProtectSystem=strict\nReadWritePaths=/srv \\\n    /var/lib/",
        "ProtectSystem=strict\nReadWriteDirectories=\"/var/lib/pam-totp/\"",
        "TemporaryFileSystem=/var\nBindPaths=/srv/totp:/var/lib/pam-totp", "ProtectHome=yes",
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
        ("ReadOnlyPaths=/var/lib/", "ReadOnlyPaths=/var/lib"),
        ("DynamicUser=true\nReadWritePaths=/var/lib/pam", "DynamicUser=yes"),
        ("TemporaryFileSystem=/var\nBindReadOnlyPaths=/var/lib", "BindReadOnlyPaths=/var/lib"),
        ("ProtectSystem=strict\nBindPaths=/var/lib/pam-totp:/mnt", "ProtectSystem=strict"),
    ])
    func `a store that is read-only, and by what`(settings: String, reason: String) {
        #expect(access(settings) == .readOnly(reason))
    }

    @Test func `a store that is not to be seen`() {
        #expect(access("InaccessiblePaths=/var/lib") == .hidden("InaccessiblePaths=/var/lib"))
        #expect(access("TemporaryFileSystem=/var:ro") == .hidden("TemporaryFileSystem=/var"))
        // Nothing can be nested in the one; in the other nothing but a bind mount.
        #expect(
            access("InaccessiblePaths=/var/lib/\nReadWritePaths=/var/lib/pam-totp")
                == .hidden("InaccessiblePaths=/var/lib")
        )
        #expect(
            access("TemporaryFileSystem=/var\nReadWritePaths=/var/lib/pam-totp")
                == .hidden("TemporaryFileSystem=/var")
        )
        #expect(access("ProtectHome=Yes", to: "/root/totp") == .hidden("ProtectHome=Yes"))
        #expect(
            access("ProtectHome=read-only", to: "/home/totp") == .readOnly("ProtectHome=read-only")
        )
    }

    @Test func `a drop-in adds to lists, and takes the place of what is one value`() {
        #expect(access("ProtectSystem=strict", "ReadWritePaths=/var/lib/pam-totp") == .writable)
        #expect(access("ProtectSystem=strict", "ProtectSystem=full") == .writable)
        #expect(access("ProtectSystem=full", to: "/etc/totp") == .readOnly("ProtectSystem=full"))
    }
}
