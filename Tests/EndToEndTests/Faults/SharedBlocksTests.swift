import Foundation
import OTP
import Testing

/// A copy of the store that shares its blocks.
@Suite(.serialized) struct SharedBlocksTests {
    private static let warning =
        "a copy (cp, a snapshot) shares blocks with states, which a login then writes elsewhere; "
        + "with a full disk it is denied: "

    private func sharing(_ machine: ExaminedMachine) throws -> [String] {
        let texts = try machine.examine().findings("warning", "store").map(\.text)
        return texts.filter { $0.hasPrefix(Self.warning) }
            .map { String($0.dropFirst(Self.warning.count)) }
    }

    private func fullness(_ machine: ExaminedMachine) throws -> String {
        let texts = try machine.examine().findings("warning", "store").map(\.text)
        let text = try #require(texts.first { $0.hasPrefix("its disk is nearly full") })
        return text.split(separator: "nobody can be enrolled; ").last.map(String.init) ?? text
    }

    private func shell(_ script: String, in folder: String) throws {
        _ = try Command.output(of: "sh", "-e", "-c", "cd '\(folder)'\n\(script)")
    }

    @Test func `denies logins when the disk is full, and the doctor says so`() throws {
        try Sandbox.enter()
        let disk = try LoopDisk("xfs", 320, make: ["mkfs.xfs", "-q"])
        let machine = try ExaminedMachine(in: disk.folder)
        let people = try (0..<2).map { _ in try machine.site.enroll(.totp(period: 300)) }
        #expect(try sharing(machine).isEmpty)
        try disk.fill()
        #expect(try fullness(machine) == "logins go on")
        try shell(
            "rm fill*; cp -a --reflink=always '\(machine.site.folder)/store' copy",
            in: disk.folder
        )
        #expect(try sharing(machine) == ["2"])
        try disk.fill()
        let denied = "logins go on but for those whose blocks are shared, who will be denied: "
        #expect(try fullness(machine) == denied + "2")
        let person = people[0]
        #expect(try machine.site.login(person, person.code()).code == Answer.unavailable)

        // What could not be written is good for nothing, and the code for its one login.
        try shell("rm fill*; sync -f .", in: disk.folder)
        #expect(try machine.site.login(person, person.code()).code == Answer.success)
        try shell("sync -f .", in: disk.folder)
        #expect(try sharing(machine) == ["1"])
        try disk.fill()
        #expect(try machine.site.login(person, person.code()).code == Answer.refused)
        #expect(try machine.site.login(person, person.code(1)).code == Answer.success)
    }

    @Test func `is found where a snapshot of btrfs is one`() throws {
        try Sandbox.enter()
        let disk = try LoopDisk("btrfs", 128, make: ["mkfs.btrfs", "-q"])
        let machine = try ExaminedMachine(in: disk.folder)
        _ = try machine.site.enroll()
        try shell("sync -f .", in: disk.folder)
        #expect(try sharing(machine).isEmpty)
        try shell("btrfs subvolume snapshot -r . before", in: disk.folder)
        #expect(try sharing(machine) == ["1"])
    }
}
