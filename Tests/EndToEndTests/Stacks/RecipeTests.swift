import Foundation
import Testing

/// The README's recipes beside the example stacks.
@Suite struct `the README` {
    /// A line without its indentation or comment sign, blanks counting once.
    private func plain(_ line: Substring) -> String {
        line.drop { $0 == "#" || $0 == " " }.split(separator: " ").joined(separator: " ")
    }

    /// The lines of a file, what its comments hold too.
    private func lines(of path: String) throws -> [String] {
        try String(contentsOfFile: "\(Project.folder)/\(path)", encoding: .utf8)
            .split(separator: "\n").map(plain)
    }

    @Test(arguments: [("Password and code", "sshd", 10), ("Key and code", "sshd-key", 6)])
    func `every line of its recipes is in the example`(
        section: String,
        example: String,
        count: Int
    ) throws {
        let text = try String(contentsOfFile: "\(Project.folder)/README.md", encoding: .utf8)
        let recipe = try #require(text.split(separator: "\n### ").first { $0.hasPrefix(section) })
            .split(separator: "\n").filter { $0.hasPrefix("    ") }
        #expect(recipe.count == count)
        let known = try lines(of: "pam/examples/\(example)")
        for line in recipe { #expect(known.contains(plain(line)), "\(line)") }
    }
}
