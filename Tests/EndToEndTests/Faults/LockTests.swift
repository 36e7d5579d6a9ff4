import Foundation
import System
import Testing

/// A lock that somebody keeps.
@Suite struct LockTests {
    @Test func `a stopped holder makes the login give up, deny, and name it`() throws {
        let site = try Site()
        let person = try site.enroll()
        let folder = try TemporaryFolder()
        let holder = try ChildProcess(
            "flock",
            ["--exclusive", site.record(of: person), "sh", "-c", "echo held; kill -STOP $$"],
            environment: ["PATH": Sandbox.path],
            output: folder.file("output").path,
            error: folder.file("error").path
        )
        defer { _ = holder.exitStatus() }
        while folder.text(of: "output").isEmpty { usleep(2000) }

        let start = Date()
        let answer = try site.login(person, person.code())
        let took = Date().timeIntervalSince(start)
        #expect(answer.code == Answer.unavailable)
        #expect((4.5..<20).contains(took), "gave up after \(took) s")
        let line = try SystemLog.lines(about: "user=\(person.account.name) ")[0]
        #expect(line.contains("locked for too long by process"))
        #expect(line.contains("(flock)") || line.contains("(sh)"))
    }

    @Test func `who is verified is who is let in`() throws {
        let site = try Site()
        let person = try site.enroll()
        let command = try Command.run(
            [
                PAMLogin.path, "-u", "root", "\(site.folder)/pam.d", "code",
                person.account.name.description, person.code(),
            ]
        )
        #expect(command.text.hasPrefix("\(Answer.refused) "))
        // Nothing of the person's was looked at.
        #expect(try site.login(person, person.code()).code == Answer.success)
    }

    @Test func `nobody else is held up meanwhile`() throws {
        let site = try Site()
        let (held, free) = (try site.enroll(), try site.enroll())
        let descriptor = open(site.record(of: held), O_RDONLY)
        #expect(flock(descriptor, LOCK_EX) == 0)
        defer { close(descriptor) }
        #expect(try site.login(free, free.code()).code == Answer.success)
    }
}
