import Foundation
import Testing

/// Every file of a login in every shape that it should not have.
@Suite struct StrangeFilesTests {
    @Test(arguments: SiteFile.allCases, Stranger.allCases)
    func `is denied at once, whatever was typed, and the log says why`(
        file: SiteFile,
        stranger: Stranger
    ) throws {
        let site = try Site()
        let (person, other) = (try site.enroll(), try site.enroll())
        let code = person.code()
        let path = file.path(at: site, of: person)
        let original = "\(site.folder)/original"
        #expect(rename(path, original) == 0)
        try stranger.make(of: file, at: path, original: original)

        let expected = Expectation(file, stranger)
        let exempt = try site.promptly(person, code, service: "nullok")
        #expect(exempt.code == expected.code)
        let right = try site.promptly(person, code)
        try #require(right.code == expected.code)
        #expect(try site.promptly(person, person.wrongCode) == right)
        // A line for each of the three.
        let blamed = expected.isForeignStore ? "\(site.folder)/store" : path
        let lines = try SystemLog.lines(about: "'\(blamed)'", count: 3)
        #expect(lines.count { $0.contains("): failed user=") } == 3)
        if file.isPersonal {
            #expect(try site.login(other, other.code()).code == Answer.success)
        }

        if stranger != .missing { try FileManager.default.removeItem(atPath: path) }
        #expect(rename(original, path) == 0)
        #expect(try site.login(person, code).code == Answer.success)
    }

    /// What comes of a file that is strange.
    private struct Expectation {
        var code = Answer.unavailable
        /// Whether the log blames the store and not the file.
        var isForeignStore = false

        init(_ file: SiteFile, _ stranger: Stranger) {
            switch (file, stranger) {
            case (.configuration, _): code = Answer.misconfigured
            // A marker that can be read and is another one makes it another store.
            case (.marker, .empty), (.marker, .truncated), (.marker, .nulFilled),
                (.marker, .otherVersion):
                isForeignStore = true
            default: break
            }
        }
    }
}

extension Answer {
    fileprivate static let misconfigured = 3
}

extension Site {
    /// A login that is answered at once: nothing blocks it, and it waits for nothing.
    func promptly(_ person: Enrollee, _ reply: String, service: String = "code") throws -> Answer {
        let start = Date()
        let answer = try login(person, reply, service: service)
        let took = Date().timeIntervalSince(start)
        #expect(took < 2, "\(answer) after \(took) s")
        return answer
    }
}
