import Foundation
import Testing

/// sftp and scp ask for what ssh asks for.
@Suite struct FileTransferTests {
    enum Client: CaseIterable {
        case sftp
        case scp
        /// By the protocol that scp had before it used sftp's.
        case oldSCP

        func arguments(
            _ server: SSHServer,
            from here: String,
            to there: String,
            at host: String
        ) -> [String] {
            let options = SSHLogin.options(for: server)
            return switch self {
            case .sftp: ["sftp"] + options + [host]
            case .scp: ["scp"] + options + [here, "\(host):\(there)"]
            case .oldSCP: ["scp", "-O"] + options + [here, "\(host):\(there)"]
            }
        }
    }

    /// Copies a file to the server; what arrived, nil if nothing did.
    private func copy(
        _ contents: Data,
        with client: Client,
        as person: Person,
        _ code: String
    ) throws -> (arrived: Data?, prompts: [String]) {
        let folder = try TemporaryFolder()
        let (here, there) = (folder.file("here").path, "/run/tmp/there-\(person.name)")
        try contents.write(to: folder.file("here"))
        let answers = try SSHAnswers(password: person.password, code: code)
        let server = try SSHServer(.passwordAndCode)
        _ = try Command.run(
            client.arguments(server, from: here, to: there, at: "\(person.name)@127.0.0.1"),
            input: Data("put \(here) \(there)\n".utf8),
            environment: answers.environment
        )
        return (FileManager.default.contents(atPath: there), answers.prompts)
    }

    @Test(arguments: Client.allCases)
    func `a file arrives whole after password and code, and not after a wrong code`(
        client: Client
    ) throws {
        let enrollee = try Site.system().enroll()
        let person = Person(enrollee)
        let contents = Data((0..<1_000_000).map { _ in UInt8.random(in: 0...255) })
        let wrong = try copy(contents, with: client, as: person, enrollee.wrongCode)
        #expect(wrong.arrived == nil)
        let right = try copy(contents, with: client, as: person, enrollee.code())
        #expect(right.arrived == contents)
        #expect(
            right.prompts == [
                "(\(person.name)@127.0.0.1) Password: ",
                "(\(person.name)@127.0.0.1) Verification code: ",
            ]
        )
    }
}
