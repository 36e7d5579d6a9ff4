import Doctor
import Testing

@Suite struct SSHDiagnosisTests {
    /// What `sshd -T` prints of an sshd as the README wants it, with these lines in place of its own.
    private func settings(_ lines: String...) -> SSHSettings {
        let usual = """
            port 22
            usepam yes
            permitrootlogin without-password
            pubkeyauthentication yes
            passwordauthentication no
            kbdinteractiveauthentication yes
            gssapiauthentication no
            hostbasedauthentication no
            authenticationmethods any
            """
        // Of a name that comes twice the first line counts.
        return SSHSettings(parsing: lines.joined(separator: "\n") + "\n" + usual)
    }

    private func levels(
        _ settings: SSHSettings,
        asks: Bool = true,
        splits: Bool = false
    ) -> [String] {
        SSHDiagnosis(settings: settings, stackAsks: asks, stackSplits: splits).all
            .map { "\($0.level): \($0.text)" }
    }

    private let rootCannot = "ok: root cannot log in"

    @Test func `the documented ways ask PAM`() {
        #expect(
            levels(settings("authenticationmethods keyboard-interactive:pam"))
                == ["ok: every way in asks PAM: keyboard-interactive", rootCannot]
        )
        #expect(
            levels(settings("authenticationmethods publickey,keyboard-interactive:pam"))
                == ["ok: every way in asks PAM: publickey,keyboard-interactive", rootCannot]
        )
        let password = settings(
            "authenticationmethods password",
            "passwordauthentication yes",
            "kbdinteractiveauthentication no",
            "permitrootlogin yes"
        )
        #expect(levels(password, splits: true) == ["ok: every way in asks PAM: password"])
    }

    @Test(arguments: [
        ("authenticationmethods any", "a key", "publickey,keyboard-interactive:pam"),
        ("authenticationmethods publickey", "a key", "publickey,keyboard-interactive:pam"),
        (
            "authenticationmethods publickey keyboard-interactive", "a key",
            "publickey,keyboard-interactive:pam"
        ),
        (
            "authenticationmethods gssapi-with-mic\ngssapiauthentication yes", "a Kerberos ticket",
            "gssapi-with-mic,keyboard-interactive:pam"
        ),
        (
            "authenticationmethods keyboard-interactive gssapi-keyex\ngssapiauthentication yes\n"
                + "gssapikeyexchange yes", "a Kerberos ticket",
            "gssapi-keyex,keyboard-interactive:pam"
        ),
        (
            "authenticationmethods publickey,hostbased\nhostbasedauthentication yes",
            "a key and a known host", "publickey,hostbased,keyboard-interactive:pam"
        ),
    ])
    func `a way past PAM is a problem, and there is a line that mends it`(
        lines: String,
        what: String,
        methods: String
    ) throws {
        let all = SSHDiagnosis(settings: settings(lines), stackAsks: true, stackSplits: false).all
        let problem = try #require(all.first { $0.level == .problem })
        #expect(problem.text == "\(what) alone lets in, and nobody is asked for a code")
        #expect(problem.remedy == "AuthenticationMethods \(methods), in sshd_config")
        #expect(problem.evidence.prefix(2) == ["usepam yes", String(lines.prefix { $0 != "\n" })])
        #expect(!all.contains { $0.text.hasPrefix("every way in") })
        // With the line there is no problem any more.
        let mended = settings("authenticationmethods \(methods)", lines)
        #expect(!levels(mended).contains { $0.hasPrefix("problem") })
    }

    @Test func `without PAM a password is all there is, and questions are nobody's`() throws {
        let off = settings("usepam no", "pubkeyauthentication no", "passwordauthentication yes")
        #expect(
            levels(off).first == "problem: a password alone lets in, and nobody is asked for a code"
        )
        let none = settings("usepam no", "authenticationmethods keyboard-interactive")
        #expect(levels(none).first == "problem: no way in is open")
    }

    @Test func `a password as the only answer cannot be followed by a code`() {
        let both = settings("pubkeyauthentication no", "passwordauthentication yes")
        #expect(levels(both).contains { $0.hasPrefix("warning: password authentication has") })
        #expect(!levels(both, splits: true).contains { $0.hasPrefix("warning") })
    }

    @Test func `a list with a method that is off is no way in`() {
        let dead = settings("authenticationmethods publickey,gssapi-with-mic novel")
        #expect(levels(dead).first == "problem: no way in is open")
        #expect(dead.waysIn.isEmpty)
        #expect(settings("authenticationmethods , publickey").waysIn == [[.publicKey]])
    }

    @Test func `another service of PAM is judged by its own stack`() {
        let methods = "authenticationmethods keyboard-interactive:pam"
        let other = settings(methods, "pamservicename ssh2")
        #expect(
            levels(other, asks: false).first
                == "problem: PAM's service is 'ssh2', whose stack asks for no code"
        )
        #expect(levels(other).first == "ok: every way in asks PAM: keyboard-interactive")
    }

    @Test func `root has the ways that PermitRootLogin leaves`() {
        let lists = "authenticationmethods publickey,keyboard-interactive publickey"
        #expect(settings("permitrootlogin yes", lists).waysInForRoot.count == 2)
        #expect(settings("permitrootlogin without-password", lists).waysInForRoot == [[.publicKey]])
        #expect(settings("permitrootlogin no", lists).waysInForRoot.isEmpty)
    }

    @Test func `what is no output of sshd is no way in`() {
        #expect(SSHSettings(parsing: "").waysIn.isEmpty)
        #expect(SSHSettings(parsing: "authenticationmethods\n \n=\u{0}").waysIn.isEmpty)
        #expect(SSHSettings(parsing: "pamservicename ssh2\n").service == "ssh2")
    }
}
