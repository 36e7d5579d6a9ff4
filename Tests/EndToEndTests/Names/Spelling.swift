import Foundation
import System
import Testing

/// A way to write somebody's name, or to try to.
struct Spelling: CustomTestStringConvertible {
    let testDescription: String
    private let write: @Sendable (Account) -> Text

    init(_ description: String, _ write: @escaping @Sendable (Account) -> Text) {
        testDescription = description
        self.write = write
    }

    func callAsFunction(of account: Account) -> Text { write(account) }

    /// The same as the directory of these tests has it, which takes names in whatever case.
    func isSameButForCase(of account: Account) -> Bool {
        self(of: account).utf8.map(ASCII.lowercased) == account.name.utf8.map(ASCII.lowercased)
    }

    private static func text(_ text: String) -> Text { Text(text.utf8) }

    /// The name with something done to its letters.
    private static func changed(
        _ description: String,
        _ change: @escaping @Sendable (String) -> String
    ) -> Spelling {
        Spelling(description) { text(change("\($0.name)")) }
    }

    /// What only a directory that ignores case takes for the name.
    static let cases = [
        changed("upper case") { $0.uppercased() },
        changed("capitalised") { $0.prefix(1).uppercased() + $0.dropFirst() },
        changed("its last letter in upper case") {
            String($0.map { $0 == "n" ? "N" : $0 })
        },
        changed("every other letter in upper case") {
            String($0.enumerated().map { $0 % 2 == 0 ? $1 : Character($1.uppercased()) })
        },
    ]

    static let paths =
        [
            "nobody-here", "/etc/passwd", ".", "..", "/", "../../etc/passwd", "a/b", "~", "*",
            "person*", "$USER",
            "`id`", "|id", "%s%n", "-", "--", "+", "+@all", "-u", "",
        ].map { name in Spelling("'\(name)'") { _ in text(name) } }
        + [
            Spelling("uid") { "\($0.uid)" },
            Spelling("#uid") { "#\($0.uid)" },
            Spelling("+uid") { "+\($0.uid)" },
            Spelling("0uid") { "0\($0.uid)" },
            Spelling("../uid") { "../\($0.uid)" },
            Spelling("users/uid") { "users/\($0.uid)" },
        ]

    static let surroundings =
        [
            ("a blank", " "), ("a tab", "\t"), ("a newline", "\n"), ("CR", "\r"), ("CR LF", "\r\n"),
            ("an escape", "\u{1b}[2K"), ("a bell", "\u{7}"), ("DEL", "\u{7f}"), ("a dot", "."),
            ("a slash", "/"), ("a colon", ":"), (":x:0:0::/:/bin/sh", ":x:0:0::/:/bin/sh"),
            ("a comma", ","), ("a quote", "\""), ("a backslash", "\\"), ("$", "$"),
            ("@REALM", "@REALM"),
            ("@example.org", "@example.org"), ("a combining accent", "\u{301}"),
            ("a zero width space", "\u{200b}"), ("a right-to-left override", "\u{202e}"),
            ("a non-breaking blank", "\u{a0}"), ("a newline and root", "\nroot"),
        ].flatMap { name, added in
            [
                changed("\(name) behind") { $0 + added },
                changed("\(name) in front") { added + $0 },
            ]
        } + [
            changed("REALM\\") { "REALM\\" + $0 },
            changed("less its first") { String($0.dropFirst()) },
            changed("twice") { $0 + $0 },
            changed("in full width") { String($0.map { $0 == "p" ? "\u{ff50}" : $0 }) },
            changed("with a Cyrillic letter") { String($0.map { $0 == "e" ? "\u{435}" : $0 }) },
            changed("with a long s") { String($0.map { $0 == "s" ? "\u{17f}" : $0 }) },
            changed("300 characters behind") { $0 + String(repeating: "a", count: 300) },
            Spelling("300 characters") { _ in text(String(repeating: "a", count: 300)) },
            Spelling("60,000 characters") { _ in text(String(repeating: "a", count: 60_000)) },
            Spelling("no UTF-8 behind") { Text($0.name.utf8 + [0xff, 0xfe]) },
            Spelling("no UTF-8 in front") { Text([0xc3] + $0.name.utf8) },
            Spelling("an overlong letter") { Text([0xc1, 0xb0] + $0.name.utf8.dropFirst()) },
            Spelling("high bits set") { Text($0.name.utf8.map { $0 | 0x80 }) },
        ]

    static let nobodys = paths + surroundings
    static let all = [Spelling("as it is") { $0.name }] + cases + nobodys
}
