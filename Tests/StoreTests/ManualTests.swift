import Foundation
import Store
import System
import Testing

/// totp.conf(5) and the totp.conf that is installed, beside what is read.
@Suite struct ManualTests {
    private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardizedFileURL

    private static func read(_ path: String) throws -> String {
        try String(contentsOf: project.appendingPathComponent(path), encoding: .utf8)
    }

    /// Keys and defaults; an empty one where the page gives none.
    private static func manual() throws -> [String: String] {
        let items = try read("pam/man/totp.conf.5").components(separatedBy: ".It Cm ").dropFirst()
        return Dictionary(
            uniqueKeysWithValues: items.map { item in
                let key = item.prefix { $0 != "\n" }
                let value = item.firstMatch(of: #/Default:\s(?:\.Pa )?([0-9]+|/\S+?)( ?\.)\n/#)
                return (String(key), value.map { String($0.1) } ?? "")
            }
        )
    }

    /// The settings that the installed file has, behind `#`, before its example of a section.
    private static func installed() throws -> [String: String] {
        let text = try read("pam/totp.conf").components(separatedBy: "#[")[0]
        let lines = text.matches(of: #/\n#([a-z_]+) = ?(.*)/#)
        return Dictionary(uniqueKeysWithValues: lines.map { (String($0.1), String($0.2)) })
    }

    @Test func `both name the same settings with the same defaults`() throws {
        var installed = try Self.installed()
        // An example: the default is the host's name.
        installed["issuer"] = ""
        #expect(try Self.manual() == installed)
        #expect(installed.count == 15)
    }

    @Test func `the settings are known, and their defaults are the defaults`() throws {
        let manual = try Self.manual()
        let lines = manual.filter { $0.key != "issuer" }.map { "\($0.key) = \($0.value)\n" }
        #expect(try Configuration(parsing: Array(lines.joined().utf8)) == Configuration())
    }
}
