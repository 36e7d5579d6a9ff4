import Doctor
import Testing

@Suite struct AppArmorTests {
    private let store = "/var/lib/pam-totp"

    @Test func `what is enforced for a program that logs people in`() {
        let loaded = """
            /usr/sbin/sshd (enforce)
            /usr/bin/man (enforce)
            polkit-agent-helper-1 (enforce)
            /usr/bin/su (complain)
            /usr/sbin/not-sshd (enforce)
            sshd
            """
        let found = AppArmor.enforced(in: loaded, for: ["sshd", "su", "polkit-agent-helper-1"])
        #expect(found == ["/usr/sbin/sshd", "polkit-agent-helper-1"])
    }

    @Test(arguments: [
        "/var/lib/pam-totp/** rwk,", "  owner /var/lib/pam-totp/** rw,", "/var/** rw,", "/** rwl,",
        "file /var/lib/** rwk,",
    ])
    func `a rule that covers the store lets it be written`(rule: String) {
        let profile = "/usr/sbin/sshd {\n  /etc/** r,\n\(rule)\n}\n"
        #expect(AppArmor.allows(writing: store, of: "/usr/sbin/sshd", in: profile))
        #expect(!AppArmor.allows(writing: "/srv/x", of: "/usr/bin/other", in: profile))
    }

    @Test(arguments: [
        "", "/var/lib/pam-totp/** r,", "/var/lib/pam/** rw,", "/var/lib/pam-totp/users/store rw,",
        "# /var/lib/pam-totp/** rw,", "deny /var/lib/pam-totp/** rw,", "rw", "/var/lib/pam-totp/**",
    ])
    func `any other rule does not`(rule: String) {
        let profile = "/usr/sbin/sshd {\n\(rule)\n}\n"
        #expect(!AppArmor.allows(writing: store, of: "/usr/sbin/sshd", in: profile))
    }
}
