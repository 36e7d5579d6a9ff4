import Foundation
import TerminalPicture
import Testing

/// The QR code in characters, read off the screen as a phone does.
@Suite struct QRFormTests {
    static let forms = ["ansi", "utf8", "ascii"]

    /// Enough for a code in any form.
    static let wide = 200

    @Test(arguments: forms, Theme.allCases)
    func `every form is read off a dark and off a light terminal`(form: String, theme: Theme) throws
    {
        let sheet = try Sheet(["--qr", form], columns: form == "ascii" ? Self.wide : 80)
        #expect(sheet.form == form)
        // Without colours of its own, what is right on a dark terminal is inverted on a light one.
        let isInverted = form != "ansi" && theme == .light
        let app = try sheet.scan(theme, readsInverted: isInverted)
        #expect(app.secret == sheet.typedSecret)
        #expect(sheet.terminal.text.contains("--qr ansi") == (form != "ansi"))
        try sheet.terminal.type(app.code())
        #expect(try sheet.terminal.waitForExit() == 0)
        #expect(try sheet.isEnrolled())
    }

    @Test(arguments: forms)
    func `without colours there is nothing but characters`(form: String) throws {
        let sheet = try Sheet(["--qr", form], columns: Self.wide)
        #expect(sheet.terminal.text.contains("\u{1B}") == (form == "ansi"))
        #expect(sheet.terminal.text.utf8.allSatisfy { $0 < 0x80 } == (form == "ascii"))
    }

    @Test func `none draws nothing, and the secret can be typed`() throws {
        let sheet = try Sheet(["--qr", "none"])
        #expect(sheet.form == nil)
        #expect(sheet.typedSecret.count == 32)
        #expect(!sheet.terminal.text.contains("Scan"))
        // Not "QR" alone: a secret in base 32 may hold that.
        #expect(!sheet.terminal.text.contains("QR code"))
    }

    struct Surrounding {
        let environment: [String: String?]
        let form: String
    }

    static let surroundings = [
        Surrounding(environment: [:], form: "ansi"),
        Surrounding(environment: ["NO_COLOR": "1"], form: "utf8"),
        Surrounding(environment: ["NO_COLOR": ""], form: "ansi"),
        Surrounding(environment: ["TERM": "dumb"], form: "utf8"),
        Surrounding(environment: ["TERM": nil], form: "utf8"),
        Surrounding(environment: ["LANG": nil], form: "spaces"),
        Surrounding(environment: ["LANG": "C"], form: "spaces"),
        Surrounding(environment: ["LANG": "C", "NO_COLOR": "1"], form: "ascii"),
        Surrounding(environment: ["LANG": nil, "TERM": "dumb"], form: "ascii"),
        Surrounding(environment: ["LANG": "de_DE.ISO-8859-15@euro"], form: "spaces"),
        Surrounding(environment: ["LANG": "de_DE.utf8@euro"], form: "ansi"),
        Surrounding(environment: ["LC_ALL": "POSIX"], form: "spaces"),
        Surrounding(environment: ["LC_ALL": "", "LC_CTYPE": "C"], form: "spaces"),
        Surrounding(environment: ["LC_CTYPE": "en_US.UTF-8", "LANG": "C"], form: "ansi"),
        Surrounding(environment: ["LC_CTYPE": "UTF-8", "LANG": nil], form: "ansi"),
        Surrounding(environment: ["LC_ALL": "en_US.UTF-8", "LC_CTYPE": "C"], form: "ansi"),
    ]

    @Test(arguments: surroundings)
    func `auto goes by the terminal and the locale`(surrounding: Surrounding) throws {
        let sheet = try Sheet([], columns: Self.wide, environment: surrounding.environment)
        #expect(sheet.form == surrounding.form)
    }

    @Test(arguments: [("ansi", "spaces"), ("utf8", "utf8"), ("ascii", "ascii")])
    func `what is asked for goes before what the surroundings say`(
        name: String,
        form: String
    ) throws {
        let sheet = try Sheet(
            ["--qr", name],
            columns: Self.wide,
            environment: ["NO_COLOR": "1", "TERM": "dumb", "LANG": "C"]
        )
        #expect(sheet.form == form)
        #expect(try sheet.scan().secret == sheet.typedSecret)
    }

    @Test(arguments: Theme.allCases)
    func `colours need no UTF-8 to be read on any theme`(theme: Theme) throws {
        let sheet = try Sheet([], columns: Self.wide, environment: ["LANG": "C"])
        #expect(try sheet.scan(theme).secret == sheet.typedSecret)
        #expect(sheet.terminal.text.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test(arguments: [("C.UTF-8", "█"), ("C", "##")])
    func `where there is no terminal there are no colours and no end of columns`(
        locale: String,
        ink: String
    ) throws {
        let site = try Site()
        let command = try Command.run(
            ["totp-admin", "enroll", "root", "--no-confirm", "--conf", "\(site.folder)/totp.conf"],
            environment: ["LANG": locale, "TERM": "xterm-256color"]
        )
        #expect(command.status == 0)
        #expect(command.text.contains(ink))
        #expect(!command.text.contains("\u{1B}"))
    }
}
