import Foundation
import System
import Testing
import Verification

/// One person is one person under every name that a directory takes for theirs.
@Suite struct `names of one person` {
    private let directory: Directory
    private let site: Site

    init() throws {
        directory = try Directory()
        site = try Site()
    }

    private func visit(as name: Text, _ reply: String, service: String = "code") throws -> Visit {
        try site.visit(as: name, reply, service: service, under: directory.wrapper)
    }

    /// As many names for one person as the directory takes.
    private func spellings(of person: Enrollee) -> [Text] {
        [person.account.name] + Spelling.cases.map { $0(of: person.account) }
    }

    @Test(arguments: [false, true])
    func `one code under every spelling at the same moment lets in once`(
        isNamedAsAsked: Bool
    ) throws {
        let person = try site.enroll(as: directory.add(isNamedAsAsked: isNamedAsAsked))
        let code = person.code()
        let answers = try site.login(
            spellings(of: person).map { ($0, code) },
            under: directory.wrapper
        )
        #expect(
            answers.map(\.code).sorted() == [Answer.success]
                + Array(repeating: Answer.refused, count: 4)
        )
        #expect(answers.allSatisfy { $0.prompts == 1 })
    }

    @Test(arguments: [false, true])
    func `wrong codes under five spellings make all of them wait`(isNamedAsAsked: Bool) throws {
        let person = try site.enroll(as: directory.add(isNamedAsAsked: isNamedAsAsked))
        for name in spellings(of: person) {
            #expect(try visit(as: name, person.wrongCode).outcome == Visit.refused)
        }
        #expect(try site.state(of: person).wrongSinceSuccess == 5)
        for name in spellings(of: person) {
            #expect(try visit(as: name, person.code()).outcome == [Answer.tooMany, 1])
        }
        #expect(try site.state(of: person).wrongSinceSuccess == 5)
    }

    @Test(arguments: [false, true])
    func `exemptions are the same under every spelling`(isNamedAsAsked: Bool) throws {
        let member = try site.enroll(as: directory.add(isNamedAsAsked: isNamedAsAsked))
        let guest = try site.enroll(as: directory.add())
        try directory.add(group: "dir-staff", 30001, members: [member.account])
        let rows = [
            ("except_users = \(guest.account.name)", "exempt by except_users"),
            ("only_groups = dir-staff", "exempt by only_groups, as a member of none"),
        ]
        for (settings, reason) in rows {
            try site.configure(settings)
            for name in spellings(of: member) {
                #expect(
                    try visit(as: name, "no code", service: "lenient").outcome == Visit.refused
                )
            }
            for name in spellings(of: guest) {
                let visit = try visit(as: name, "no code", service: "lenient")
                #expect(visit.outcome == Visit.exempt)
                #expect(try visit.line().hasSuffix(#"reason="\#(reason)""#))
            }
        }
    }

    @Test func `one person's code is wrong for another one, whatever the spelling`() throws {
        let (person, other) = (
            try site.enroll(as: directory.add()), try site.enroll(as: directory.add())
        )
        let code = other.code()
        for name in spellings(of: person).prefix(3) {
            let visit = try visit(as: name, code)
            #expect(visit.outcome == Visit.refused)
            #expect(try visit.line().contains("refused user=\(person.account.name) "))
        }
        #expect(try site.state(of: other).wrongSinceSuccess == 0)
        #expect(try visit(as: other.account.name, code).outcome == Visit.letIn)
    }

    @Test func `an application that changes the name's spelling while asking is refused`() throws {
        let person = try site.enroll(as: directory.add())
        let code = person.code()
        for name in spellings(of: person).dropFirst() {
            let answer = try site.login(
                [(person.account.name, code)],
                options: ["-u", "\(name)"],
                under: directory.wrapper
            )[0]
            #expect([answer.code, answer.prompts] == Visit.refused)
        }
        #expect(try visit(as: person.account.name, code).outcome == Visit.letIn)
    }
}
