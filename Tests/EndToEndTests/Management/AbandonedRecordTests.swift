import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// The record of an account that userdel(8) took away, or whose uid somebody else has got.
@Suite struct `a record without its account` {
    private let machine: ExaminedMachine
    private let uid: UserID = 300_000

    init() throws {
        machine = try ExaminedMachine()
        try machine.people(["victor", "wendy"])
        try enroll("victor", as: uid)
    }

    private func enroll(_ name: Text, as uid: UserID) throws {
        _ = try machine.site.enroll(as: Account(uid: uid, name: name, group: 100))
    }

    private func admin(_ arguments: String...) throws -> Command {
        try machine.run(["totp-admin"] + arguments + machine.configuration)
    }

    private func strays() throws -> [String] {
        let report = try machine.examine()
        let text = "records whose account is gone, or has another uid now: "
        return report.findings("warning", "people").filter { $0.text.hasPrefix(text) }
            .flatMap { [String($0.text.dropFirst(text.count))] + $0.evidence }
    }

    @Test func `is found by the name in it, and removed`() throws {
        #expect(try admin("status", "victor").text.hasPrefix("victor (uid 300000) is enrolled\n"))
        #expect(try strays().isEmpty)
        try machine.people(["wendy"], firstUID: 300_001)
        #expect(try strays() == ["1", "victor (uid 300000)"])

        let remark = "there is no user 'victor'; the record of uid 300000 is written for 'victor'\n"
        let status = try admin("status", "victor")
        #expect(status.text.hasPrefix(remark + "victor (uid 300000) is enrolled\n"))
        let json = try admin("status", "victor", "--json")
        #expect(json.text.hasPrefix("{\n") && json.error == remark)
        let other = try admin("remove", "victor", "--name", "tablet")
        #expect(other.error == "totp-admin: 'victor' has no authenticator 'tablet'\n")

        let gone = "victor is no longer enrolled; the recovery codes are gone, too\n"
        #expect(try admin("remove", "victor").text == remark + gone)
        #expect(try strays().isEmpty)
        let nobody = try admin("remove", "victor")
        #expect(nobody.status == 67)
        #expect(nobody.error == "totp-admin: there is no user 'victor'\n")
    }

    @Test func `is told from others of the same name by its uid`() throws {
        try machine.people(["wendy"], firstUID: 300_001)
        try enroll("victor", as: 300_005)
        let both = try admin("remove", "victor")
        #expect(both.status == 65)
        #expect(both.error.contains("several uids: 300000, 300005; give one of these"))
        #expect(
            try admin("remove", "300005").text.hasPrefix(
                "there is no user '300005'; the record of uid 300005 is written for 'victor'\n"
            )
        )
        #expect(try strays() == ["1", "victor (uid 300000)"])
    }

    @Test func `is said to be somebody's who has the uid now`() throws {
        try machine.people(["wendy"])
        let remark = """
            there is no user 'victor'; the record of uid 300000, which 'wendy' has now, is written for \
            'victor'

            """
        #expect(try admin("status", "victor").text.hasPrefix(remark))
        #expect(try admin("remove", "victor").text.hasPrefix(remark))
    }

    @Test func `is found by its uid alone if it cannot be read`() throws {
        try machine.people(["wendy"], firstUID: 300_001)
        let path = "\(machine.site.folder)/store/users/\(uid)/enrollment"
        try "damaged\n".write(toFile: path, atomically: false, encoding: .utf8)
        let name = try admin("remove", "victor")
        #expect(name.status == 67)
        #expect(name.error.hasSuffix("records that cannot be read: 1, see 'totp-admin doctor'\n"))
        let remark = "there is no user '300000'; the record of uid 300000 cannot be read\n"
        let asked = try admin("remove", "300000")
        #expect(asked.text == remark && asked.status == 69)
        #expect(asked.error.hasSuffix("; with --all, whatever it has is removed\n"))
        #expect(try admin("remove", "300000", "--all").text.hasPrefix(remark))
    }

    @Test func `whose uid somebody new has is named before anything is asked`() throws {
        try machine.people(["wendy", "victor"])
        let reason = """
            the record of uid 300000, which 'wendy' has, is written for 'victor'; if that is the old \
            name, see 'totp-admin rename-user victor wendy'; if it is somebody else, 'totp-admin \
            remove wendy --all'
            """
        let enroll = try admin("enroll", "wendy")
        #expect(enroll.status == 65)
        #expect(enroll.text.isEmpty && enroll.error == "totp-admin: \(reason)\n")
        #expect(try admin("status", "wendy").text.hasPrefix(reason + "\n"))
        let folder = machine.site.folder
        try machine.write("batch.csv", "user\nwendy\n")
        let batch = try admin(
            "enroll",
            "--batch",
            "\(folder)/batch.csv",
            "--output",
            "\(folder)/out"
        )
        #expect(batch.status == 65 && batch.error.contains(reason))
        #expect(try strays() == ["1", "victor (uid 300000)"])
        let hers = try machine.examine("--user", "wendy").problems
        #expect(hers == ["wendy: does not get in: \(reason)"])

        for arguments in [
            ["remove", "wendy"], ["show", "wendy", "--reveal"],
            ["export", "wendy", "--reveal", "--format", "uri", "--output", "-"],
        ] {
            let refused = try machine.run(["totp-admin"] + arguments + machine.configuration)
            #expect(refused.error == "totp-admin: \(reason)\n" && refused.text.isEmpty)
        }
        #expect(try admin("remove", "wendy", "--all").status == 0)
        #expect(try admin("enroll", "wendy", "--no-confirm").status == 0)
        #expect(try strays().isEmpty)
    }

    @Test func `is not one if a directory knows the name that does not list it`() throws {
        let directory = try Directory()
        try machine.people(["wendy"], firstUID: 300_001)
        try directory.add(Account(uid: uid, name: "victor", group: 100))
        let arguments = ["totp-admin", "doctor", "--json"] + machine.configuration
        let known = try machine.run(["env"] + directory.wrapper + arguments)
        #expect(!known.text.contains("whose account is gone"))
        try directory.fallSilent(.passwd, .unavailable)
        let silent = try machine.run(["env"] + directory.wrapper + arguments)
        #expect(!silent.text.contains("whose account is gone"))
        #expect(silent.text.contains("whether there still is an account for records"))
    }
}
