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
        "/var/lib/pam-totp/** rwk,", "  owner /var/lib/pam-totp/** rwk,", "/var/** krw,",
        "/** rwlk,", "file /var/lib/** rwk,", "/var/** r,\n  /var/lib/pam-totp/** wk,",
    ])
    func `rules that cover the store let somebody log in`(rules: String) {
        let profile = "/usr/sbin/sshd {\n  /etc/** r,\n\(rules)\n}\n"
        #expect(AppArmor.allows(loginsIn: store, of: "/usr/sbin/sshd", in: [profile]))
        #expect(!AppArmor.allows(loginsIn: "/srv/x", of: "/usr/bin/other", in: [profile]))
    }

    @Test func `a file of its own adds to what a profile has`() {
        let profile = "/usr/sbin/sshd {\n  /** rw,\n}\n"
        let local = "\(store)/** k,\n"
        #expect(AppArmor.allows(loginsIn: store, of: "/usr/sbin/sshd", in: [profile, local]))
        #expect(!AppArmor.allows(loginsIn: store, of: "/usr/sbin/sshd", in: [local]))
    }

    @Test(arguments: [
        "", "/var/lib/pam-totp/** r,", "/var/lib/pam/** rwk,", "/var/lib/pam-totp/users/store rwk,",
        "# /var/lib/pam-totp/** rwk,", "deny /var/lib/pam-totp/** rwk,", "rwk",
        "/var/lib/pam-totp/**",
        // flock(2) on a person's folder is `k`.
        "/var/lib/pam-totp/** rw,", "/var/lib/pam-totp/** wk,", "/var/lib/pam-totp/** rk,",
    ])
    func `any other rule does not`(rule: String) {
        let profile = "/usr/sbin/sshd {\n\(rule)\n}\n"
        #expect(!AppArmor.allows(loginsIn: store, of: "/usr/sbin/sshd", in: [profile]))
    }
}
