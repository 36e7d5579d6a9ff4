import Foundation
import System
import Testing

/// Hosts that the kernel kills at a call that no service needs, as systemd has it do.
@Suite struct ServiceCallsTests {
    private let site: Site
    private let person: Enrollee

    init() throws {
        site = try Site()
        try site.stack("debug", "auth required pam_totp.so debug conf=\(site.folder)/totp.conf")
        person = try site.enroll()
    }

    private func run(_ arguments: String...) throws -> Command {
        try Command.run([PAMLogin.folder + "/service-calls"] + arguments)
    }

    /// The return code of a login there; nil if the kernel killed it.
    private func answer(_ reply: String, service: String) throws -> Int? {
        let name = person.account.name.description
        let login = PAMLogin.folder + "/pam-login"
        let command = try run(login, "\(site.folder)/pam.d", service, name, reply)
        return command.text.prefixMatch(of: /\d+/).flatMap { Int($0.output) }
    }

    @Test(arguments: ["code", "debug"])
    func `every login there has its answer, and its line in the log`(service: String) throws {
        let replies = [person.wrongCode, "no code at all", person.recoveryCodes[0], person.code()]
        let answers = try replies.map { try answer($0, service: service) }
        #expect(answers == [Answer.refused, Answer.refused, Answer.success, Answer.success])
        let name = person.account.name
        let lines = try SystemLog.lines(about: " user=\(name) ", count: replies.count)
        #expect(lines.filter { $0.contains("refused") }.count == 2, "\(lines)")
        #expect(lines.filter { $0.contains("accepted") }.count == 2, "\(lines)")
    }

    @Test func `the kernel does kill there`() throws {
        let command = try run("chroot", "/", "true")
        #expect(command.status == 128 + SIGSYS)
    }
}
