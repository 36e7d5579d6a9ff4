import Foundation
import TerminalPicture

/// Somebody's authenticator app: oathtool, with the secret that it read off the screen.
struct Authenticator {
    let uri: String
    let secret: String
    var recoveryCodes: [String] = []

    /// Scans what a terminal shows, light on dark too if the app reads that.
    init(
        shownOn terminal: PseudoTerminal,
        theme: Theme = .dark,
        columns: Int = 80,
        readsInverted: Bool = false
    ) throws {
        try self.init(
            scanning: terminal.shown,
            theme: theme,
            columns: columns,
            readsInverted: readsInverted
        )
    }

    /// Scans what a terminal shows after these bytes.
    init(
        scanning bytes: some Collection<UInt8>,
        theme: Theme = .dark,
        columns: Int = 80,
        readsInverted: Bool = false
    ) throws {
        let folder = try TemporaryFolder()
        let picture = folder.file("picture.pgm")
        let shown = TerminalPicture(of: bytes, on: theme, columns: columns)
        try Data(shown.pgm).write(to: picture)
        try self.init(pictureIn: picture.path, readsInverted: readsInverted)
    }

    /// Scans a picture in a file.
    init(pictureIn path: String, readsInverted: Bool = false) throws {
        let options = readsInverted ? ["-Stest-inverted"] : []
        let scan = try Command.run(["zbarimg", "--nodbus", "--quiet", "--raw"] + options + [path])
        uri = scan.text.trimmingCharacters(in: .newlines)
        guard scan.status == 0, let components = URLComponents(string: uri),
            components.scheme == "otpauth",
            let secret = components.queryItems?.first(where: { $0.name == "secret" })?.value
        else { throw Failure("not an otpauth URI: \(uri)\(scan.error)") }
        self.secret = secret
    }

    func with(recoveryCodesIn text: String) -> Authenticator {
        var copy = self
        copy.recoveryCodes = text.matches(of: /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/).map {
            String($0.output)
        }
        return copy
    }

    /// The code of a step, counted from the present one.
    func code(stepsFromNow steps: Int = 0) throws -> String {
        let time = Int(Date().timeIntervalSince1970) + steps * Step.seconds
        return try Command.output(of: "oathtool", "--totp=sha1", "-b", secret, "-N", "@\(time)")
            .trimmingCharacters(in: .newlines)
    }

    /// A code that is nobody's for minutes.
    func wrongCode() throws -> String {
        let right = try (-6...6).map { try code(stepsFromNow: $0) }
        let wrong = (0...right.count).map { "00000\($0)".suffix(6) }.map(String.init)
        guard let code = wrong.first(where: { !right.contains($0) }) else {
            throw Failure("every code is right")
        }
        return code
    }
}

/// The steps of time that codes are made for.
enum Step {
    static let seconds = 30

    /// Waits for the next step if this one is nearly over.
    static func wait(forSecondsLeft needed: Int) throws {
        let left = seconds - Int(Date().timeIntervalSince1970) % seconds
        if left < needed { Thread.sleep(forTimeInterval: Double(left)) }
    }
}
