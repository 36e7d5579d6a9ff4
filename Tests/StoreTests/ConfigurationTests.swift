import Store
import System
import Testing
import Verification

@Suite struct ConfigurationTests {
    private func parsed(_ file: String) throws(SettingError) -> Configuration {
        try Configuration(parsing: Array(file.utf8))
    }

    @Test func `lines may end with CR LF`() throws {
        let lines = "# a comment\r\n\r\nwindow = 2\r\nissuer = Example\r\n"
        let configuration = try parsed(lines)
        #expect(configuration.policy.window == 2)
        #expect(configuration.issuer == "Example")
    }

    @Test func `every key is read`() throws {
        let configuration = try parsed(
            """
            # where things are
            store = /srv/totp
            key_file = /srv/totp.key
            issuer = Example Corp
            window = 2
            look_ahead = 11
            max_drift = 12
            purse = 13
            refund = 1
            free_attempts = 4
            first_wait = 15
            longest_wait = 160
            """
        )
        #expect(configuration.store == "/srv/totp")
        #expect(configuration.keyFile == "/srv/totp.key")
        #expect(configuration.issuer == "Example Corp")
        var policy = Policy()
        policy.window = 2
        policy.lookAhead = 11
        policy.maxDrift = 12
        policy.purse = 13
        policy.refund = 1
        policy.freeAttempts = 4
        policy.firstWait = 15
        policy.longestWait = 160
        #expect(configuration.policy == policy)
    }

    @Test(arguments: ["", "\n", "\n\n\n", "# window = 5", "   # x\n\t\n", "#\n#\n"])
    func `comments and empty lines say nothing`(file: String) throws {
        #expect(try parsed(file) == Configuration())
    }

    /// totp.conf(5) and DESIGN.md, "Where things live".
    @Test func `without a setting everything is where DESIGN says`() throws {
        #expect(Configuration().store == "/var/lib/pam-totp")
        #expect(Configuration().keyFile == "/etc/security/totp.key")
        #expect(Configuration().issuer == nil)
        #expect(Configuration().policy.window == 1)
        #expect(Configuration.defaultPath == "/etc/security/totp.conf")
    }

    @Test(arguments: ["window=3", "window =3", "\twindow\t=\t3\t", "  window = 3  ", "window = 03"])
    func `blanks around key and value do not matter`(line: String) throws {
        #expect(try parsed(line).policy.window == 3)
    }

    @Test(arguments: [
        ("/srv/totp/", "/srv/totp"), ("/srv//", "/srv"), ("/", "/"), ("///", "/"), ("/a b", "/a b"),
    ])
    func `slashes at a path's end do not matter`(value: String, path: String) throws {
        #expect(try parsed("store = \(value)").store == text(path))
    }

    @Test func `a value may hold equals signs, hashes and UTF-8`() throws {
        #expect(try parsed("issuer = a=b # c").issuer == "a=b # c")
        #expect(try parsed("issuer = Zürich").issuer == "Zürich")
        #expect(try parsed("store = /srv/a=b c").store == "/srv/a=b c")
    }
}
