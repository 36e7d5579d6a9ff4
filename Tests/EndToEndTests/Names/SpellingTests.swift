import Foundation
import System
import Testing

/// Names as an application may have them, against the right code of one enrolled person.
@Suite struct `spellings of a name` {
    @Test(arguments: Spelling.cases + Spelling.nobodys)
    func `whom the files have under another spelling is nobody`(spelling: Spelling) throws {
        let site = try Site()
        let person = try site.enroll()
        try expectNobody(spelling(of: person.account), person, at: site)
    }

    @Test(arguments: Spelling.all)
    func `a directory that ignores case says who it is, and the code is used, or it is nobody`(
        spelling: Spelling
    ) throws {
        let (site, directory) = (try Site(), try Directory())
        let person = try site.enroll(as: directory.add())
        let name = spelling(of: person.account)
        guard spelling.isSameButForCase(of: person.account) else {
            return try expectNobody(name, person, at: site, under: directory.wrapper)
        }
        let code = person.code()
        let visit = try site.visit(as: name, code, under: directory.wrapper)
        #expect(visit.outcome == Visit.letIn)
        #expect(try visit.line().contains("accepted user=\(person.account.name) rhost="))
        for again in [name, person.account.name] {
            let visit = try site.visit(as: again, code, under: directory.wrapper)
            #expect(visit.outcome == Visit.refused)
            #expect(try visit.line().hasSuffix(#"reason="code already used""#))
        }
    }

    /// Asked as anybody is, refused as anybody is, nothing of the name in the log, nothing changed.
    private func expectNobody(
        _ name: Text,
        _ person: Enrollee,
        at site: Site,
        under wrapper: [String] = []
    ) throws {
        let code = person.code()
        let before = try contents(of: site.record(of: person))
        let visit = try site.visit(as: name, code, under: wrapper)
        #expect(visit.outcome == Visit.refused)
        #expect(visit.answer.shown == "[1 Verification code: ]")
        #expect(
            try visit.line().hasSuffix(
                "pam_totp(lenient:auth): refused user= rhost=\(visit.host) service=lenient tty= "
                    + #"authenticator="" reason="unknown user""#
            )
        )
        #expect(try contents(of: site.record(of: person)) == before)
        let own = try site.visit(as: person.account.name, code, under: wrapper)
        #expect(own.outcome == Visit.letIn)
    }

    private func contents(of record: String) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: record)
        let files = try names.map {
            ($0, try Data(contentsOf: URL(fileURLWithPath: "\(record)/\($0)")))
        }
        return Dictionary(uniqueKeysWithValues: files)
    }
}
