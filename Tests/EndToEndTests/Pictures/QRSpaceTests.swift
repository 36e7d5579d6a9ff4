import Foundation
import TerminalPicture
import Testing

/// QR codes beside the room that there is for them.
@Suite struct QRSpaceTests {
    @Test(arguments: QRFormTests.forms, [true, false])
    func `a code is drawn where it just fits, and said not to where it does not`(
        form: String,
        bySize: Bool
    ) throws {
        func sheet(columns: Int) throws -> Sheet {
            let stated = ["COLUMNS": bySize ? nil : "\(columns)"]
            let actual = bySize ? columns : QRFormTests.wide
            return try Sheet(["--qr", form], columns: actual, environment: stated)
        }
        let narrow = try sheet(columns: 30)
        #expect(narrow.form == nil)
        #expect(narrow.typedSecret.count == 32)
        #expect(narrow.lines.contains { $0.contains(/^No room .*--qr-file.*\.$/) })

        let width = try narrow.neededColumns()
        #expect(try sheet(columns: width - 1).form == nil)
        let fitting = try sheet(columns: width)
        #expect(fitting.form == form)
        #expect(try fitting.scan().secret == fitting.typedSecret)
    }

    @Test func `who has no room can enroll by typing the secret`() throws {
        let sheet = try Sheet([], columns: 40)
        let code = try Command.output(of: "oathtool", "--totp=sha1", "-b", sheet.typedSecret)
        try sheet.terminal.type(code.trimmed)
        #expect(try sheet.terminal.waitForExit() == 0)
        #expect(try sheet.isEnrolled())
    }

    @Test(arguments: [(80, true), (40, false)])
    func `half blocks are offered where they would fit and the locale alone forbids them`(
        columns: Int,
        offered: Bool
    ) throws {
        let sheet = try Sheet([], columns: columns, environment: ["LANG": "C"])
        #expect(sheet.form == nil)
        #expect(sheet.terminal.text.contains("--qr utf8 if this shows that") == offered)
    }

    struct Name: CustomTestStringConvertible {
        let testDescription: String
        let issuer: String
        var user: String?
    }

    static let names = [
        Name(testDescription: "umlauts", issuer: "Bäckerei Jörg & Söhne"),
        Name(testDescription: "signs of two columns", issuer: "例え株式会社東京都渋谷区"),
        Name(testDescription: "a picture", issuer: "Example 🔑"),
        Name(testDescription: "what URIs are made of", issuer: "50% /?#&=+@é"),
        Name(
            testDescription: "a long name",
            issuer: "server.department.example.org",
            user: "somebody-with-a-long-name"
        ),
        // Version 13 of the code, the largest on 80 columns, holds 431 bytes of which 32 are a secret.
        Name(
            testDescription: "as long as 80 columns can take",
            issuer: String(repeating: "x", count: 158),
            user: "long-issuer"
        ),
    ]

    @Test(arguments: names, Theme.allCases)
    func `long names and those of other languages are read at 80 columns`(
        name: Name,
        theme: Theme
    ) throws {
        let user = name.user.map { "\($0)-\(theme)" }
        let sheet = try Sheet([], issuer: name.issuer, user: user)
        let uri = try sheet.scan(theme).uri
        let items = URLComponents(string: uri)?.queryItems
        #expect(items?.first { $0.name == "issuer" }?.value == name.issuer)
        #expect(URLComponents(string: uri)?.path == "/\(name.issuer):\(sheet.user)")
        #expect(sheet.typedSecret == items?.first { $0.name == "secret" }?.value)
    }

    @Test func `a name too long for any code is said to be, and the secret shown`() throws {
        let sheet = try Sheet([], issuer: String(repeating: "x", count: 1500))
        #expect(sheet.terminal.text.contains("Issuer and account are too long for a QR code.\r\n"))
        #expect(sheet.form == nil)
        #expect(sheet.typedSecret.count == 32)
    }

    /// The longest note is the issuer's: 9 columns and 13 signs of two, behind a gap of 2.
    @Test(arguments: [(36, false), (37, true)])
    func `signs of two columns stand beside the code where they fit`(
        columnsLeft: Int,
        fits: Bool
    ) throws {
        let issuer = String(repeating: "字", count: 13)
        // Of eight letters: with some lengths the size depends on the secret, since a run of figures in
        // it takes less.
        let (first, second) = ("signs\(columnsLeft)a", "signs\(columnsLeft)b")
        let wide = try Sheet([], columns: QRFormTests.wide, issuer: issuer, user: first)
        let row = try #require(wide.terminal.text.firstMatch(of: /231m([^\u{1B}]+)\u{1B}/))
        let width = row.output.1.count
        let sheet = try Sheet([], columns: width + columnsLeft, issuer: issuer, user: second)
        #expect(try sheet.scan().secret == sheet.typedSecret)
        #expect(sheet.lines.contains("Issuer:  \(issuer)") == !fits, "\(width): \(sheet.lines)")
    }
}
