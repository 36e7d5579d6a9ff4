import Foundation
import System
import Testing

/// A store on a file system that nobody can write to.
@Suite struct ReadOnlyTests {
    @Test func `denies whatever was typed, and the log says why`() throws {
        let site = try Site()
        let person = try site.enroll()
        let store = "\(site.folder)/store"
        let code = person.code()
        _ = try Command.output(of: "mount", "--bind", store, store)
        defer { _ = try? Command.output(of: "umount", "--lazy", store) }
        _ = try Command.output(of: "mount", "-o", "remount,bind,ro", store)

        let right = try site.login(person, code)
        #expect(right.code == Answer.unavailable)
        for reply in [person.wrongCode, person.recoveryCodes[0], "no code", ""] {
            #expect(try site.login(person, reply) == right, "\(reply)")
        }
        #expect(try site.login(person, code, service: "nullok") == right)
        let lines = try SystemLog.lines(about: "user=\(person.account.name) ", count: 6)
        for line in lines {
            #expect(line.contains("failed "))
            #expect(line.contains("'\(site.record(of: person))/state'"))
            #expect(line.contains("Read-only file system"))
        }

        // Before anybody scans anything.
        let enrolled = try site.admin("enroll", person.name, "--name", "second", "--no-confirm")
        #expect(enrolled.status == 69 && enrolled.text.isEmpty)
        #expect(enrolled.error.hasSuffix("faccessat: Read-only file system\n"), "\(enrolled.error)")

        _ = try Command.output(of: "mount", "-o", "remount,bind,rw", store)
        #expect(try site.login(person, code).code == Answer.success)
    }
}
