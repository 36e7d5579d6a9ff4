import Foundation
import Store
import Testing
import Verification

/// An authenticator that is put out of use for a while, without losing its secret.
@Suite struct `disabled authenticators` {
    private let site: Site
    private let person: Enrollee

    init() throws {
        site = try Site()
        person = try site.enroll()
    }

    private func session(_ arguments: String...) throws -> AdminSession {
        try AdminSession(arguments, at: site)
    }

    @Test func `a disabled one is refused, with nullok too, and works again once enabled`() throws {
        let disabled = try session("disable", person.name, "--name", "app")
        #expect(disabled.status == 0)
        #expect(
            disabled.text
                == "disabled 'app' of \(person.name); no authenticator works now, "
                + "recovery codes left: 10\n"
        )
        let again = try session("disable", person.name)
        #expect(again.status == 0 && again.text == "'app' is disabled already\n")
        #expect(try session("status", person.name).text.contains("never used, disabled\n"))
        for service in ["code", "nullok"] {
            let answer = try site.login(person, person.code(), service: service)
            #expect(answer.code == Answer.refused)
        }
        #expect(try site.login(person, person.recoveryCodes[0]).code == Answer.success)

        let enabled = try session("enable", person.name)
        #expect(enabled.text == "enabled 'app' of \(person.name)\n")
        #expect(try site.login(person, person.code()).code == Answer.success)
    }

    /// What is shown, what is logged, and what it costs.
    @Test func `its code is not told from a wrong one`() throws {
        _ = try session("disable", person.name)
        let wrong = try site.login(person, person.wrongCode)
        let right = try site.login(person, person.code())
        #expect(wrong == right)
        #expect(try site.state(of: person).throttle.charged == 2)
        for line in try SystemLog.lines(about: "user=\(person.name) ", count: 2) {
            #expect(line.contains("refused ") && line.contains("reason=\"wrong code"))
        }
    }

    @Test func `an older enrollment file that comes back enables nothing`() throws {
        let enrollment = site.record(of: person) + "/enrollment"
        let folder = try TemporaryFolder()
        let copy = folder.file("copy").path
        _ = try Command.output(of: "cp", "--archive", enrollment, copy)
        _ = try session("disable", person.name)
        _ = try Command.output(of: "cp", "--archive", copy, enrollment)
        #expect(try site.login(person, person.code()).code == Answer.refused)
    }

    @Test func `repair leaves it disabled and says so`() throws {
        _ = try session("disable", person.name)
        // The newest slot is lost: the other one says that there was a newer.
        try damageNewestSlot(of: site.record(of: person) + "/state")
        #expect(try site.login(person, person.code()).code == Answer.unavailable)
        let repaired = try session("repair", person.name)
        #expect(
            repaired.text.contains("rebuilt the state of \(person.name):\n  'app' stays disabled")
        )
        #expect(try session("status", person.name).text.contains(", disabled\n"))
    }

    /// The one with the higher generation, at byte 8 of each.
    private func damageNewestSlot(of path: String) throws {
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let newest = bytes[8] > bytes[4096 + 8] ? 0 : 4096
        bytes[newest + 100] ^= 1
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.write(contentsOf: bytes)
        try file.close()
    }
}
