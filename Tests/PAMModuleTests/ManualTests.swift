import Foundation
import System
import Testing

@testable import PAMModule

/// pam_totp(8) and the README, beside what the module understands.
@Suite struct ManualTests {
    private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardizedFileURL

    private static func read(_ path: String) throws -> String {
        try String(contentsOf: project.appendingPathComponent(path), encoding: .utf8)
    }

    /// The options, with `=` behind those that take a value.
    private static func optionsInManual() throws -> [String] {
        let page = try read("pam/man/pam_totp.8")
        let section = try #require(page.components(separatedBy: ".Sh OPTIONS\n").last)
            .components(separatedBy: ".Sh ")[0]
        return section.matches(of: #/\n\.It Cm ([a-z_]+)( Ns = )?/#).map {
            String($0.1) + ($0.2 == nil ? "" : "=")
        }
    }

    @Test func `every option in the manual is one`() throws {
        let values = ["conf=": "/srv/t.conf", "prompt=": "Code: ", "retry=": "3"]
        for option in try Self.optionsInManual() {
            let argument = option + (values[option] ?? "")
            #expect(throws: Never.self) { try ModuleArguments([text(argument)]) }
        }
    }

    @Test func `the README names the same ones`() throws {
        let readme = try Self.read("README.md").matches(of: #/\n\| `\[?([a-z_]+=?)[^`]*` \| /#)
            .map { String($0.1) }
        let manual = try Self.optionsInManual()
        #expect(manual.count == 12)
        #expect(readme.filter { manual.contains($0) }.sorted() == manual.sorted())
    }
}

/// The papers that say which test shows what.
@Suite struct `the tests that the papers name` {
    @Test(arguments: ["SECURITY.md", "DESIGN.md"])
    func `are there`(paper: String) throws {
        let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../..").standardizedFileURL
        let text = try String(contentsOf: project.appendingPathComponent(paper), encoding: .utf8)
        let named = Set(text.matches(of: /`([A-Za-z]+Tests)`/).map { String($0.1) })
        let files = FileManager.default.enumerator(
            atPath: project.appendingPathComponent("Tests").path
        )
        let tests = Set(
            (files?.compactMap { $0 as? String } ?? []).map {
                URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent
            }
        )
        #expect(named.count > 20)
        #expect(named.subtracting(tests).isEmpty)
    }
}
