import Foundation
import Testing

/// What somebody could do who had taken over the helper: their own uid, with the group totp.
@Suite struct HelperRightsTests {
    private let person: Person
    private let record: String

    init() throws {
        person = try Person(named: "helper-rights-\(UInt32.random(in: 1...9_999_999))")
        _ = try person.enroll()
        let uid = try Command.output(of: "id", "-u", person.name).trimmed
        record = "/var/lib/pam-totp/users/\(uid)"
    }

    private func run(group: String, _ command: String) throws -> Command {
        try Command.run(
            [
                "setpriv", "--reuid=\(person.name)", "--regid=\(group)", "--clear-groups", "sh",
                "-c", command,
            ]
        )
    }

    /// Paths that pass a test of find(1).
    private func paths(group: String, _ test: String) throws -> Set<Substring> {
        let folders = "/etc /usr /var /run/home"
        let command = try run(group: group, "find \(folders) -xdev \(test) -print 2>/dev/null")
        let mounted = try run(
            group: group,
            "find /var/lib /var/log /var/mail -xdev \(test) -print 2>/dev/null"
        )
        return Set((command.text + mounted.text).split(separator: "\n"))
    }

    @Test func `the group may write states, and nothing else`() throws {
        let more = try paths(group: "totp", "-writable")
            .subtracting(try paths(group: "nogroup", "-writable"))
        #expect(more.contains("\(record)/state"))
        let others = try more.filter {
            try /\/var\/lib\/pam-totp\/users\/[0-9]+\/state/.wholeMatch(in: $0) == nil
        }
        #expect(others == [])
    }

    @Test(arguments: [
        "echo x >>RECORD/enrollment", "rm -f RECORD/state", "mv RECORD/state RECORD/other",
        "touch RECORD/new", "ln -s / RECORD/new", "chmod 666 RECORD/state", "rm -rf RECORD",
        "mkdir RECORD/../99999", "touch /var/lib/pam-totp/new", "echo x >>/etc/security/totp.key",
        "mv /etc/security/totp.key /etc/security/other", "echo x >>/etc/security/totp.conf",
        "echo x >>/usr/libexec/pam-totp/totp-helper", "chmod 777 /usr/libexec/pam-totp/totp-helper",
    ])
    func `with it, nothing else can be changed`(command: String) throws {
        let listing = "find \(record) /usr/libexec/pam-totp -printf '%p %m %u %g %s\\n' | sort"
        let before = try Command.output(of: "sh", "-c", listing)
        let attempt = try run(
            group: "totp",
            "{ \(command.replacing("RECORD", with: record)); } 2>&1; ! test -e \(record)/new"
        )
        #expect(attempt.status == 0)
        #expect(attempt.text.contains("ermission denied") || attempt.text.contains("ot permitted"))
        #expect(try Command.output(of: "sh", "-c", listing) == before)
    }

    @Test func `without it, neither the store nor the key can be read or written`() throws {
        for path in ["/etc/security/totp.key", "/var/lib/pam-totp/users/store", "\(record)/state"] {
            for command in ["cat <", "echo x >>"] {
                let attempt = try run(group: "nogroup", "\(command) \(path)")
                #expect(attempt.status != 0)
                #expect(attempt.error.contains("ermission denied"), "\(command) \(path)")
            }
        }
        // With it they can, or this would say nothing.
        #expect(try paths(group: "totp", "-readable").contains("\(record)/state"))
        let own = try paths(group: "nogroup", "-readable")
        #expect(
            own.allSatisfy { !$0.hasPrefix("/var/lib/pam-totp/") && !$0.hasSuffix("/totp.key") }
        )
        #expect(try paths(group: "nogroup", "-writable").isDisjoint(with: ["/var/lib/pam-totp"]))
    }
}
