import Foundation
import Testing

/// A helper that is not ours, or not well: nothing that it says in the wrong place lets anybody in.
@Suite struct StrangeHelperTests {
    private let person: Person

    init() throws {
        person = try Person(named: "strange-\(UInt16.random(in: 1...UInt16.max))")
        _ = try Locker(of: person)
    }

    /// A login as the person, where the helper is a script of these lines.
    private func login(_ script: String, _ stack: Stack = .codeAlone) throws -> Answer {
        let folder = try TemporaryFolder()
        // It reads what it is asked: a socket with something left in it is reset.
        try folder.write("#!/bin/sh\ncat >/dev/null\n\(script)\n", to: "helper")
        let mount = """
            chmod 755 "$1" && mount --bind "$1" \(Locker.helper) && shift && exec "$@"
            """
        let command = try Command.run(
            ["unshare", "--mount", "sh", "-c", mount, "sh", folder.file("helper").path, "runuser"]
                + ["-u", person.name, "--", "/run/home/pam-login-\(person.name)", "/etc/pam.d"]
                + [stack.rawValue, person.name, "123456"]
        )
        return try #require(Answer(Substring(command.text.trimmed)), "\(command.error)")
    }

    @Test(arguments: [
        "", "exit 1", "kill -9 $$", "echo", "echo enrolled", "echo 'digits 6'", "printf accepted",
        "printf 'accepted 0 authenticator app'", "echo accepted",
        "echo 'accepted x authenticator app'",
        "echo ACCEPTED 0 authenticator app", "echo failed because", "yes", "cat /dev/zero",
        "echo 'accepted 0 authenticator app'; echo more",
    ])
    func `what is no answer to the question denies`(script: String) throws {
        let answer = try login(script)
        #expect(answer.code == Answer.unavailable)
        #expect(answer.prompts == 1)
        #expect(
            try SystemLog.lines(about: "failed user=\(person.name) ")[0].contains("totp-helper: ")
        )
    }

    @Test func `an answer to another question is not taken for nullok either`() throws {
        #expect(try login("echo 'digits 6'", .codeAloneIfEnrolled).code == Answer.unavailable)
        #expect(try login("echo enrolled", .codeAloneIfEnrolled).code == Answer.unavailable)
        #expect(try login("echo unenrolled", .codeAloneIfEnrolled).code == Answer.success)
        #expect(try login("echo unenrolled").code == Answer.refused)
        // How long the code is cannot be found out, so that all of it is the password; and then no.
        #expect(try login("echo enrolled", .splitCodeAlone).code == Answer.unavailable)
        #expect(try login("echo 'digits 6'", .splitCodeAlone).code == Answer.unavailable)
    }
}
