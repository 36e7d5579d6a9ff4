import Foundation
import System
import Testing

/// Moving secrets, as a person at a terminal sees it.
@Suite struct `moving secrets at a terminal` {
    private let (old, new): (Site, Site)
    private let person: Enrollee
    private let file: String

    init() throws {
        (old, new) = (try Site(), try Site())
        person = try old.enroll()
        file = "\(old.folder)/users"
    }

    @Test(arguments: [("uri", "app"), ("oath", "token")])
    func `export wants to be meant, and import says what it would do first`(
        format: String,
        name: String
    ) throws {
        let export = ["export", person.name, "--format", format, "--output", file]
        let unasked = try AdminSession(export, at: old)
        #expect(unasked.status == 64)
        #expect(
            unasked.text
                == "totp-admin: this writes secrets in the clear; say --reveal if you mean it\n"
        )
        let exported = try AdminSession(export + ["--reveal"], at: old)
        #expect(exported.status == 0 && exported.text == "1 exported, 0 refused\n")

        let item = "'\(person.name)' (line 1) as '\(name)'"
        let asked = try AdminSession(["import", format, file, "--dry-run"], at: new)
        #expect(asked.status == 0)
        #expect(
            asked.text == "would import \(item)\n1 would be imported, 0 would be refused\n"
        )
        let imported = try AdminSession(["import", format, file], at: new)
        #expect(imported.status == 0)
        #expect(imported.text == "imported \(item)\n1 imported, 0 refused\n")
        let again = try AdminSession(["import", format, file], at: new)
        #expect(again.status == 65)
        #expect(again.text.hasPrefix("refused '\(person.name)' (line 1): "))
        #expect(again.text.contains("\n0 imported, 1 refused\n"))
    }

    @Test func `rekey says what it did, and codes go on working`() throws {
        let before = try Data(contentsOf: URL(fileURLWithPath: "\(old.folder)/totp.key"))
        let session = try AdminSession(["rekey"], at: old)
        #expect(session.status == 0)
        #expect(
            session.text
                == "changed the key in '\(old.folder)/totp.key'; enrollments sealed anew: 1\n"
        )
        let after = try Data(contentsOf: URL(fileURLWithPath: "\(old.folder)/totp.key"))
        #expect(before.count == after.count && before != after)
        #expect(try old.login(person, person.code()).code == Answer.success)
    }
}
