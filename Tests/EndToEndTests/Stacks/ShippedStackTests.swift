import Foundation
import Testing

/// The service files of pam/examples, as they are shipped, through libpam.
@Suite struct `the example stacks` {
    @Test func `there is a row of these tests for every file`() throws {
        let files = try Project.files(in: "\(Project.folder)/pam/examples")
        #expect(files == Set(ShippedStack.all.map(\.name)))
    }

    @Test func `every module that they name is one that this system has`() throws {
        let modules = try Command.output(
            of: "find",
            "/usr/lib",
            "-path",
            "*/security/pam_*.so",
            "-printf",
            "%f\n"
        )
        for stack in ShippedStack.all {
            let names = try stack.lines.flatMap { $0.matches(of: /pam_[a-z]+\.so/).map(\.output) }
            #expect(names.contains("pam_totp.so"))
            for name in names { #expect(modules.contains("\(name)\n"), "\(stack.name): \(name)") }
        }
    }

    @Test(arguments: ShippedStack.all)
    func `a wrong code is refused and counted, the right one lets in, once`(
        stack: ShippedStack
    ) throws {
        let person = try Person(named: "in-\(stack.name)")
        let authenticator = try person.enroll()
        let code = try authenticator.code()
        let prompts = stack.prompts.map { "[1 \($0)]" }.joined(separator: " ")
        let wrong = try stack.login(as: person, code: authenticator.wrongCode())
        #expect(wrong.code == Answer.refused)
        #expect(wrong.shown == prompts)
        let right = try stack.login(as: person, code: code)
        #expect(right.code == Answer.success)
        #expect(right.shown == prompts + " [4 Wrong codes since your last login: 1.]")
        #expect(try stack.login(as: person, code: code).code == Answer.refused)
        let lines = try SystemLog.lines(about: "refused user=\(person.name) ", count: 2)
        #expect(lines[1].hasSuffix(#"authenticator="app" reason="code already used""#))
    }

    @Test(arguments: ShippedStack.withPassword)
    func `a wrong password is refused before the code is looked at, and costs nothing`(
        stack: ShippedStack
    ) throws {
        let person = try Person(named: "pw-\(stack.name)")
        let code = try person.enroll().code()
        let wrong = try stack.login(as: person, password: "not it", code: code)
        #expect(wrong.code == Answer.refused)
        #expect(wrong.shown == "[1 \(stack.prompts[0])]")
        #expect(try person.status("wrong_codes_since_last_login") == 0)
        #expect(try stack.login(as: person, code: code).code == Answer.success)
        #expect(try SystemLog.lines(about: "user=\(person.name) ").count == 1)
    }

    @Test(arguments: ShippedStack.all)
    func `who is not enrolled is refused, whatever they answer`(stack: ShippedStack) throws {
        let person = try Person(named: "un-\(stack.name)")
        // One answer to both questions is all password, of somebody who has no codes.
        let codes = stack.question == .together ? ["", "123456"] : ["123456"]
        for code in codes {
            let login = try stack.login(as: person, code: code)
            #expect(login.code == Answer.refused)
            #expect(login.prompts == stack.prompts.count)
        }
        #expect(
            try SystemLog.lines(about: "user=\(person.name) ").allSatisfy {
                $0.contains("refused ") && $0.hasSuffix(#"reason="not enrolled""#)
            }
        )
    }

    @Test(arguments: ShippedStack.all)
    func `with nullok who is not enrolled gets in, by the password where one is asked for`(
        stack: ShippedStack
    ) throws {
        let person = try Person(named: "ok-\(stack.name)")
        let lenient = try stack.withNullok()
        let code = stack.question == .together ? "" : "123456"
        #expect(try lenient.login(as: person, code: code).code == Answer.success)
        guard stack.question != .codeAlone else { return }
        #expect(
            try lenient.login(as: person, password: "not it", code: code).code == Answer.refused
        )
    }

    @Test(arguments: ShippedStack.all)
    func `an unknown user is refused`(stack: ShippedStack) throws {
        let nobody = try Person(named: "xx-\(stack.name)").renamed(to: "nobody-there")
        #expect(try stack.login(as: nobody, code: "123456").code == Answer.refused)
    }
}
