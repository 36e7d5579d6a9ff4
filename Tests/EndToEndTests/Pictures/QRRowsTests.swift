import Foundation
import TerminalPicture
import Testing

/// QR codes on terminals of few rows, where nothing may scroll away while the code is asked for.
@Suite struct QRRowsTests {
    /// What is asked for must be on the last row, and the whole code above it.
    private func expectWhole(_ sheet: Sheet, _ theme: Theme = .dark) throws {
        #expect(sheet.lines.last == Sheet.prompt)
        let app = try sheet.scanVisible(theme)
        #expect(app.secret == sheet.typedSecret)
        try sheet.terminal.type(app.code())
        #expect(try sheet.terminal.waitForExit() == 0)
    }

    /// tmux takes a row of 24 for itself.
    @Test(
        arguments: ["host.example.org", "server.department.example.org", "Example Org"],
        [24, 23]
    )
    func `a name of a host fits on 24 rows, and in tmux`(issuer: String, rows: Int) throws {
        for theme in Theme.allCases {
            try expectWhole(try Sheet([], rows: rows, issuer: issuer), theme)
        }
    }

    @Test func `what is to be read stands above the code where it would push it away`() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("code.svg").path
        let sheet = try Sheet(
            ["--qr", "utf8", "--qr-file", file],
            rows: 24,
            issuer: "server.department.example.org"
        )
        let text = sheet.terminal.text
        let code = try #require(text.firstIndex(of: "█"))
        for words in ["Issuer: ", "Drawn for a dark screen", "The QR code is in "] {
            let place = try #require(text.range(of: words))
            #expect(place.upperBound < code, "\(words)")
        }
        try expectWhole(sheet)
    }

    @Test func `with rows to spare there are four light modules, and lines between`() throws {
        let sheet = try Sheet([], rows: 40)
        #expect(sheet.lines.suffix(2) == ["", Sheet.prompt])
        let uri = try sheet.scanVisible().uri
        #expect(uri.hasSuffix("&algorithm=SHA1&digits=6&period=30"))
    }

    @Test(arguments: QRFormTests.forms)
    func `a code too tall is not drawn, and it is said how many rows it takes`(form: String) throws
    {
        func sheet(rows: Int) throws -> Sheet {
            try Sheet(["--qr", form], columns: QRFormTests.wide, rows: rows)
        }
        let low = try sheet(rows: 10)
        #expect(low.form == nil)
        let reason = /No room for the QR code: it takes (\d+) rows, not 10\. Use a larger window,/
        let match = try #require(low.terminal.text.firstMatch(of: reason))
        let rows = try #require(Int(match.output.1))
        #expect(try sheet(rows: rows - 1).form == nil)
        let fitting = try sheet(rows: rows)
        #expect(fitting.form == form)
        try expectWhole(fitting)
    }

    @Test func `LINES goes before what the terminal says, as COLUMNS does`() throws {
        let sheet = try Sheet([], environment: ["LINES": "8", "COLUMNS": "20"])
        #expect(sheet.terminal.text.contains(/takes \d+ columns and \d+ rows, not 20 and 8\./))
    }
}
