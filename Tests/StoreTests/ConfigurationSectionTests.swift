import Store
import System
import Testing
import Verification

/// Who passes without a code, at every service and at one.
@Suite struct ConfigurationSectionTests {
    private func parsed(
        _ lines: String...,
        service: Text? = nil
    ) throws(SettingError) -> Exemptions {
        let file = lines.joined(separator: "\n")
        return try Configuration(parsing: Array(file.utf8), service: service).exemptions
    }

    private func range(_ written: String) throws -> AddressRange {
        try #require(AddressRange(parsing: Array(written.utf8)))
    }

    @Test func `every key is read`() throws {
        let exemptions = try parsed(
            "only_groups = staff, domain users",
            "except_groups = robots",
            "except_users = backup,monitor ,  nagios",
            "except_networks = 192.0.2.0/24, 2001:db8::/32,203.0.113.9"
        )
        #expect(exemptions.onlyGroups == ["staff", "domain users"])
        #expect(exemptions.exceptGroups == ["robots"])
        #expect(exemptions.exceptUsers == ["backup", "monitor", "nagios"])
        #expect(
            exemptions.exceptNetworks == [
                try range("192.0.2.0/24"), try range("2001:db8::/32"), try range("203.0.113.9"),
            ]
        )
    }

    @Test func `a section holds for its service, in the place of what holds for all`() throws {
        let file = [
            "except_users = backup", "only_groups = staff", "[sshd]", "except_users = git",
            "[ Sudo ]", "except_users =",
        ].joined(separator: "\n")
        #expect(try parsed(file).exceptUsers == ["backup"])
        #expect(try parsed(file, service: "login").exceptUsers == ["backup"])
        #expect(try parsed(file, service: "sshd").exceptUsers == ["git"])
        // libpam writes services in lower case.
        #expect(try parsed(file, service: "sudo").exceptUsers == [])
        for service: Text in ["sshd", "sudo", "login"] {
            #expect(try parsed(file, service: service).onlyGroups == ["staff"])
        }
    }

    @Test func `what one service's section says is nothing to another one`() throws {
        let file = "[sshd]\nexcept_networks = 192.0.2.0/24\n[sudo]\nexcept_users = alice"
        #expect(try parsed(file, service: "sudo").exceptNetworks == [])
        #expect(try parsed(file, service: "sshd").exceptUsers == [])
        for service: Text in ["ssh", "sshd2", "", "[sshd]"] {
            #expect(try parsed(file, service: service) == Exemptions())
        }
    }

    @Test(arguments: [
        "[", "[]", "[ ]", "[sshd", "[sshd]]x", "[ss hd]", "[sshd] # all", "[ss\u{1}]",
    ])
    func `what is no section is refused`(line: String) {
        #expect(throws: SettingError.notASection(line: 2)) { try parsed("", line) }
    }

    @Test func `a section twice, and a key twice in one, is refused`() {
        #expect(throws: SettingError.repeatedSection(line: 3, service: "sshd")) {
            try parsed("[sshd]", "except_users = a", "[SSHD]")
        }
        #expect(throws: SettingError.repeatedKey(line: 3, key: "except_users")) {
            try parsed("[sshd]", "except_users = a", "except_users = b")
        }
    }

    @Test(arguments: ["store = /srv", "key_file = /k", "window = 2", "purse = 9", "issuer = x"])
    func `what holds for every service stands above the first section`(line: String) throws {
        let key = Text(line.utf8.prefix { $0 != UInt8(ascii: " ") })
        #expect(throws: SettingError.notForOneService(line: 2, key: key)) {
            try parsed("[sshd]", line)
        }
        _ = try parsed(line, "[sshd]")
    }

    /// A mistake denies everywhere, and not only where it would have held.
    @Test func `every section is checked, whichever holds`() {
        #expect(throws: SettingError.unknownKey(line: 2, key: "except_user")) {
            try parsed("[sudo]", "except_user = a", service: "sshd")
        }
        #expect(throws: SettingError.notARange(line: 2, key: "except_networks", value: "lan")) {
            try parsed("[sudo]", "except_networks = lan", service: "sshd")
        }
    }

    @Test(arguments: [",", "a,", ",a", "a,,b", "a, ,b", "a\u{1}b"])
    func `a list of names is names with commas between`(value: String) {
        for key: Text in ["only_groups", "except_groups", "except_users", "except_networks"] {
            #expect(throws: SettingError.notNames(line: 1, key: key)) {
                try parsed("\(key) = \(value)")
            }
        }
    }

    @Test(arguments: ["192.0.2.7/24", "192.0.2.0/33", "example.org", "192.0.2.0 203.0.113.0"])
    func `a range that is none is named`(value: String) {
        #expect(
            throws: SettingError.notARange(line: 1, key: "except_networks", value: text(value))
        ) { try parsed("except_networks = 10.0.0.0/8, \(value)") }
    }

    @Test(arguments: [
        (
            SettingError.notARange(line: 3, key: "except_networks", value: "10.1.0.0/8"),
            "line 3: '10.1.0.0/8' in 'except_networks' is not an address or a range such as 192.0.2.0/24"
        ),
        (.notASection(line: 4), "line 4: not a section '[service]'"),
        (
            .notForOneService(line: 5, key: "store"),
            "line 5: 'store' holds for every service and must stand above the first section"
        ),
    ])
    func `a message says where and what`(error: SettingError, message: String) {
        #expect(error.description.description == message)
    }
}
