import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// Files of a record put back from a copy that was made earlier.
@Suite struct RestoredEnrollmentTests {
    /// A copy of somebody's enrollment, as a backup or a deployment has it.
    private struct Copy {
        private let folder: TemporaryFolder
        private let file: String

        init(of person: Enrollee, at site: Site) throws {
            folder = try TemporaryFolder()
            file = "\(site.record(of: person))/enrollment"
            _ = try Command.output(of: "cp", "--archive", file, folder.file("copy").path)
        }

        /// Puts it back as a new file with the old owner and mode, under its name at once.
        func restore() throws {
            let new = "\(file).restored"
            _ = try Command.output(of: "cp", "--archive", folder.file("copy").path, new)
            guard rename(new, file) == 0 else { throw Failure("cannot rename '\(new)'") }
        }
    }

    private func admin(_ arguments: String..., at site: Site) throws -> String {
        let command = try Command.run(
            ["totp-admin"] + arguments + ["--conf", "\(site.folder)/totp.conf"]
        )
        guard command.status == 0 else { throw Failure("\(arguments): \(command.error)") }
        return command.text
    }

    private func newAuthenticator(named name: Text) throws -> Verification.Authenticator {
        Verification.Authenticator(
            id: try .random(),
            name: name,
            parameters: try .totp(),
            enrolledAt: 1,
            secret: SecretBytes(Array("another secret, of \(name)".utf8))
        )
    }

    @Test func `no used recovery code works again`() throws {
        let site = try Site()
        let person = try site.enroll()
        let copy = try Copy(of: person, at: site)
        let used = person.recoveryCodes.prefix(5)
        for code in used { #expect(try site.login(person, code).code == Answer.success) }
        try copy.restore()
        for code in used { #expect(try site.login(person, code).code == Answer.refused) }
        for code in person.recoveryCodes.dropFirst(5) {
            #expect(try site.login(person, code).code == Answer.success)
        }
    }

    @Test func `replaced recovery codes do not come back`() throws {
        let site = try Site()
        let person = try site.enroll()
        let copy = try Copy(of: person, at: site)
        let sheet = try admin("recovery", "\(person.account.name)", at: site)
        let new = sheet.matches(of: /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/).map { String($0.output.0) }
        try #require(new.count == person.recoveryCodes.count)
        #expect(try site.login(person, new[0]).code == Answer.success)
        try copy.restore()
        for code in person.recoveryCodes + new {
            #expect(try site.login(person, code).code == Answer.refused)
        }
        #expect(try site.login(person, person.code()).code == Answer.success)
    }

    @Test func `a removed authenticator stays dead`() throws {
        let site = try Site()
        let person = try site.enroll()
        let spare = try newAuthenticator(named: "spare")
        try site.change(person.account) { try $0.add(spare, .init(id: spare.id, next: 0)) }
        let copy = try Copy(of: person, at: site)
        _ = try admin("remove", "\(person.account.name)", "--name", "app", at: site)
        try copy.restore()
        #expect(try site.login(person, person.code()).code == Answer.refused)
        #expect(try site.login(person, person.recoveryCodes[0]).code == Answer.success)
    }

    @Test func `an enrollment from before a removal is dead in the record made after it`() throws {
        let site = try Site()
        let person = try site.enroll()
        let copy = try Copy(of: person, at: site)
        _ = try admin("remove", "\(person.account.name)", at: site)
        let anew = try newAuthenticator(named: "app")
        try site.change(person.account, creating: true) {
            try $0.add(anew, .init(id: anew.id, next: 0))
        }
        try copy.restore()
        for reply in [person.code(), person.recoveryCodes[0]] {
            #expect(try site.login(person, reply).code == Answer.refused)
        }
    }

    @Test func `an enrollment that comes back without its state denies`() throws {
        let site = try Site()
        let person = try site.enroll()
        let record = site.record(of: person)
        let backup = try TemporaryFolder()
        let folder = backup.file("record").path
        _ = try Command.output(of: "cp", "--archive", record, folder)
        _ = try admin("remove", "\(person.account.name)", at: site)
        _ = try Command.output(of: "rm", "\(folder)/state")
        _ = try Command.output(of: "cp", "--archive", folder, record)
        for service in ["code", "nullok"] {
            let answer = try site.login(person, person.code(), service: service)
            #expect(answer.code == Answer.unavailable)
        }
        let lines = try SystemLog.lines(about: "user=\(person.account.name) ", count: 2)
        for line in lines { #expect(line.contains("'\(record)/state' is missing")) }
    }

    @Test func `the same enrollment deployed again and again meanwhile loses no login`() throws {
        let site = try Site()
        let person = try site.enroll(.hotp())
        let enrollment = "\(site.record(of: person))/enrollment"
        let folder = try TemporaryFolder()
        let deploy = "while cp -a $0 $0.new && mv -T $0.new $0; do echo; done"
        let deployer = try ChildProcess(
            "sh",
            ["-c", deploy, enrollment],
            environment: ["PATH": Sandbox.path],
            output: folder.file("output").path,
            error: folder.file("error").path
        )
        let logins = Soak.rounds(40, soak: 400)
        for counter in 0..<logins {
            while folder.text(of: "output").count <= counter {
                guard deployer.exitStatus() == nil else { throw Failure(folder.text(of: "error")) }
                usleep(1000)
            }
            let attempt = (person, person.code(at: Int64(counter)))
            let answers = try site.login(Array(repeating: attempt, count: 4))
            #expect(answers.count { $0.code == Answer.success } == 1, "\(answers)")
            #expect(answers.count { $0.code == Answer.refused } == 3, "\(answers)")
        }
        let state = try site.state(of: person)
        #expect(state.progress(of: person.authenticator.id)?.next == Int64(logins))
    }
}
