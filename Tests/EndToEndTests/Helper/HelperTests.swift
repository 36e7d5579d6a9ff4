import Foundation
import Testing

/// Programs that are not root, such as screen lockers: the module asks totp-helper.
@Suite struct HelperTests {
    @Test func `it verifies its caller's own codes, each once, and counts the wrong ones`() throws {
        let person = try Person(named: "helper-owner")
        let authenticator = try person.enroll()
        let locker = try Locker(of: person)
        let code = try authenticator.code()
        #expect(try locker.login(person, "000000")?.code == Answer.refused)
        let accepted = try locker.login(person, code)
        #expect(accepted?.code == Answer.success)
        #expect(accepted?.shown.contains("Wrong codes since your last login: 1.") == true)
        #expect(try locker.login(person, code)?.code == Answer.refused)
        let recovery = try locker.login(person, authenticator.recoveryCodes[4])
        #expect(recovery?.code == Answer.success)
        #expect(recovery?.shown.contains("Codes left: 9.") == true)
    }

    @Test func `an application that shows nothing leaves the wrong codes to be told`() throws {
        let person = try Person(named: "helper-untold")
        let authenticator = try person.enroll()
        let locker = try Locker(of: person)
        _ = try locker.login(person, "000000")
        let silent = try locker.login(person, authenticator.code(), options: ["-q"])
        #expect(silent?.code == Answer.success)
        #expect(silent?.infos == 0)
        let told = try locker.login(person, authenticator.recoveryCodes[0])
        #expect(told?.shown.contains("Wrong codes since your last login: 1.") == true)
        #expect(try person.status("wrong_codes_since_last_login") == 0)
    }

    @Test func `it answers for nobody else, and costs them nothing`() throws {
        let (eve, victim) = (try Person(named: "helper-eve"), try Person(named: "helper-victim"))
        let code = try victim.enroll().code()
        let locker = try Locker(of: eve)
        for reply in [code, "000000", "no code"] {
            #expect(try locker.login(victim, reply)?.code == Answer.unavailable)
        }
        // Nor does it tell whether there is such a user, or who is enrolled.
        for user in [victim.name, "root", "nobody-of-that-name"] {
            for request in ["verify \(user)\n\(code)", "enrolled \(user)\n", "digits \(user)\n"] {
                let answer = try locker.ask(request).text
                #expect(answer == "failed the helper answers for its caller alone\n")
            }
        }
        #expect(try victim.status("wrong_codes_since_last_login") == 0)
        #expect(try Locker(of: victim).login(victim, code)?.code == Answer.success)
    }

    @Test func `who is not enrolled passes with nullok and not without`() throws {
        let person = try Person(named: "helper-newcomer")
        let locker = try Locker(of: person)
        #expect(
            try locker.login(person, "", stack: .codeAloneIfEnrolled)?.code == Answer.success
        )
        #expect(try locker.login(person, "")?.code == Answer.refused)
    }

    /// What is before the code depends on how long the person's codes are.
    @Test func `it says where a password ends and the code begins`() throws {
        let person = try Person(named: "helper-splitter")
        let code = try person.enroll().code()
        let answer = try Locker(of: person).login(person, "horse 12\(code)", stack: .splitCodeAlone)
        #expect(answer?.code == Answer.success)
        #expect(answer?.prompts == 1)
    }

    /// The helper would read the system's configuration, and not that one.
    @Test func `where conf= is given it is not asked`() throws {
        let person = try Person(named: "helper-elsewhere")
        let code = try person.enroll().code()
        let command = try Command.run(
            [
                "runuser", "-u", person.name, "--", "strace", "-f", "-qq", "-e", "trace=execve",
                "pamtester", Stack.systemConfiguration.rawValue, person.name, "authenticate",
            ],
            input: Data("\(code)\n".utf8)
        )
        #expect(command.status == 1)
        #expect(!command.error.contains("totp-helper"))
    }

    @Test(arguments: ["ignore", "collect"])
    func `it does not matter what the host does about its children`(how: String) throws {
        let person = try Person(named: "helper-\(how)")
        let authenticator = try person.enroll()
        let locker = try Locker(of: person)
        let (code, wrong) = (try authenticator.code(), try authenticator.wrongCode())
        let refused = try locker.login(person, wrong, options: ["-s", how])
        #expect(refused?.code == Answer.refused)
        #expect(try locker.login(person, code, options: ["-s", how])?.code == Answer.success)
        #expect(try locker.login(person, code, options: ["-s", how])?.code == Answer.refused)
    }
}
