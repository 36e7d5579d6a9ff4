import Foundation
import System
import TerminalPicture

/// `totp-admin enroll` waiting for a code at a terminal, for somebody new.
struct Sheet {
    static let prompt = "The code that the app shows: "

    let site: Site
    let user: String
    let columns: Int
    let rows: Int
    let terminal: PseudoTerminal

    init(
        _ options: [String],
        columns: Int = 80,
        rows: Int = 50,
        environment: [String: String?] = [:],
        issuer: String = "Example Org",
        user: String? = nil
    ) throws {
        site = try Site()
        let account = try Accounts.make(named: user.map { .init($0.utf8) })
        self.user = account.name.description
        self.columns = columns
        self.rows = rows
        terminal = try PseudoTerminal(
            arguments: [
                "totp-admin", "enroll", self.user, "--conf", "\(site.folder)/totp.conf",
                "--issuer", issuer,
            ] + options,
            columns: UInt16(columns),
            rows: UInt16(rows),
            environment: environment
        )
        try terminal.waitFor(Self.prompt)
    }

    /// What the QR code says.
    func scan(_ theme: Theme = .dark, readsInverted: Bool = false) throws -> Authenticator {
        try Authenticator(
            shownOn: terminal,
            theme: theme,
            columns: columns,
            readsInverted: readsInverted
        )
    }

    /// What the QR code says, of which only what has not scrolled away is read.
    func scanVisible(_ theme: Theme = .dark, readsInverted: Bool = false) throws -> Authenticator {
        try Authenticator(
            scanning: lines.suffix(rows).joined(separator: "\r\n").utf8,
            theme: theme,
            columns: columns,
            readsInverted: readsInverted
        )
    }

    /// The secret that is shown to be typed.
    var typedSecret: String {
        terminal.text.matches(of: /(?:[A-Z2-7]{4} ){3}[A-Z2-7]{4}/)
            .map { $0.output.filter { $0 != " " } }.joined()
    }

    /// The form of the QR code that is shown: by what `--qr` calls it, or spaces on colours; nil for
    /// none.
    var form: String? {
        let text = terminal.text
        let hasHalfBlocks = text.contains("█")
        if text.contains("\u{1B}[") { return hasHalfBlocks ? "ansi" : "spaces" }
        if hasHalfBlocks { return "utf8" }
        return text.contains("##") ? "ascii" : nil
    }

    var lines: [String] {
        terminal.text.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// How many columns the code is said to take where there are not as many.
    func neededColumns() throws -> Int {
        let reason = /No room for the QR code: it takes (\d+) columns, not \d+\./
        guard let match = terminal.text.firstMatch(of: reason), let needed = Int(match.output.1)
        else { throw Failure("it is not said how many columns it takes: \(terminal.text)") }
        return needed
    }

    /// Whether the user is enrolled by now.
    func isEnrolled() throws -> Bool {
        let status = try Command.run(
            ["totp-admin", "status", user, "--conf", "\(site.folder)/totp.conf"]
        )
        return status.text.contains("is enrolled")
    }
}
