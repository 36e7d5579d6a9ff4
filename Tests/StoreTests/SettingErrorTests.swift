import Store
import System
import Testing
import Verification

/// One line that makes no sense denies every login, and is named.
@Suite struct SettingErrorTests {
    private func parsed(_ file: String) throws(SettingError) -> Configuration {
        try Configuration(parsing: Array(file.utf8))
    }

    @Test(arguments: [
        ("digit = 6", "digit"), ("WINDOW = 1", "WINDOW"), ("= 1", ""), ("window x = 1", "window x"),
        ("window# = 1", "window#"),
    ])
    func `an unknown key is named with its line`(line: String, key: String) {
        #expect(throws: SettingError.unknownKey(line: 3, key: text(key))) {
            try parsed("# one\n\n\(line)\n")
        }
    }

    @Test func `a key set twice is refused`() {
        #expect(throws: SettingError.repeatedKey(line: 2, key: "window")) {
            try parsed("window = 1\nwindow = 1")
        }
    }

    @Test(arguments: ["window", "window 1", "window: 1", "nonsense", "\r\r"])
    func `a line without an equals sign is refused`(line: String) {
        #expect(throws: SettingError.notASetting(line: 1)) { try parsed(line) }
    }

    @Test(arguments: [
        "6", "-1", "+1", "", "1.0", "one", "1 # comment", "9223372036854775808", "1\r\r", "0x1",
    ])
    func `a number out of bounds is refused`(value: String) {
        #expect(throws: SettingError.outOfBounds(line: 1, key: "window", bounds: 0...5)) {
            try parsed("window = \(value)")
        }
    }

    @Test(
        arguments: [
            ("window", 0, 5), ("look_ahead", 1, 50), ("max_drift", 0, 240), ("purse", 5, 100),
            ("refund", 0, 3), ("free_attempts", 1, 10), ("first_wait", 1, 900),
            ("longest_wait", 30, 900),
        ] as [(String, Int64, Int64)]
    )
    func `every number has its bounds`(key: String, lowest: Int64, highest: Int64) throws {
        for number in [lowest, highest] { _ = try parsed("\(key) = \(number)") }
        for number in [lowest - 1, highest + 1] {
            #expect(
                throws: SettingError.outOfBounds(line: 1, key: text(key), bounds: lowest...highest)
            ) { try parsed("\(key) = \(number)") }
        }
    }

    @Test(
        arguments: ["store", "key_file"],
        [
            "", "srv/totp", "./totp", "~/totp", "/srv\u{1}", "/srv\r\r", "\"/srv\"",
            "/" + String(repeating: "x", count: 1024),
        ]
    )
    func `a path that is not absolute is refused`(key: String, value: String) {
        #expect(throws: SettingError.notAPath(line: 1, key: text(key))) {
            try parsed("\(key) = \(value)")
        }
    }

    @Test(arguments: ["", "a:b", "a\u{7}", "a\r\r", String(repeating: "x", count: 129)])
    func `an issuer that no URI can carry is refused`(value: String) {
        #expect(throws: SettingError.notAnIssuer(line: 1, key: "issuer")) {
            try parsed("issuer = \(value)")
        }
    }

    @Test func `a message says where and what`() {
        let error = ConfigurationError.setting(
            .unknownKey(line: 3, key: "digit"),
            path: "/etc/security/totp.conf"
        )
        #expect(
            error.description
                == "cannot read '/etc/security/totp.conf': line 3: unknown key 'digit'"
        )
    }
}
