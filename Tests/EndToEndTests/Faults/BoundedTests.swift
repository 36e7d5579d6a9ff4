import Foundation
import System
import Testing

/// What a host holds after many authentications in one process.
@Suite struct BoundedTests {
    @Test func `descriptors, threads and memory do not grow`() throws {
        let site = try Site()
        let person = try site.enroll()
        let times = Soak.rounds(2000, soak: 10_000)
        for reply in [person.code(), person.wrongCode, "no code", person.recoveryCodes[0]] {
            let command = try Command.run(
                [
                    PAMLogin.path, "-r", "\(times)", "\(site.folder)/pam.d", "code",
                    person.account.name.description, reply,
                ]
            )
            let lines = command.text.split(separator: "\n").map { $0.split(separator: ", ") }
            try #require(lines.count == 2, "\(command.text) \(command.error)")
            #expect(lines[0][1..<3] == lines[1][1..<3])
            // The allocator may take four pages more or less; one page a hundred logins is a leak.
            let (early, late) = (try kilobytes(lines[0][3]), try kilobytes(lines[1][3]))
            #expect(late - early <= 16, "\(lines)")
        }
    }

    private func kilobytes(_ text: Substring) throws -> Int {
        try #require(Int(text.filter(\.isNumber)))
    }

    @Test func `valgrind finds no loss and no invalid access`() throws {
        let site = try Site(settings: "free_attempts = 10")
        let person = try site.enroll()
        let replies = [person.code(), person.code(), person.wrongCode, "", person.recoveryCodes[1]]
        for reply in replies + [String(repeating: "x", count: 10_000)] {
            let command = try Command.run(
                [
                    "env", "TMPDIR=\(site.folder)", "valgrind", "--quiet", "--vgdb=no",
                    "--error-exitcode=99", "--leak-check=full",
                    "--errors-for-leak-kinds=definite,indirect,possible", PAMLogin.path,
                    "\(site.folder)/pam.d", "code", person.account.name.description, reply,
                ]
            )
            #expect(command.status == 0, "\(command.text)\(command.error)")
        }
    }
}
