import Foundation
import System
import Testing

/// The QR code in a file.
@Suite struct PictureFileTests {
    struct Kind: CustomTestStringConvertible {
        let testDescription: String
        /// Makes `$1`, a PNG, of the file at `$0`.
        let raster: String
    }

    static let kinds = [
        Kind(testDescription: "svg", raster: #"rsvg-convert "$0" -o "$1""#),
        Kind(testDescription: "png", raster: #"cp "$0" "$1""#),
        Kind(testDescription: "PNG", raster: #"cp "$0" "$1""#),
    ]

    static let issuers = [
        "Example Org", "例え株式会社東京都渋谷区", String(repeating: "x", count: 300),
    ]

    private func enroll(
        _ options: [String],
        at site: Site,
        under wrapper: [String] = []
    ) throws
        -> Command
    {
        let name = try Accounts.make().name.description
        return try Command.run(
            wrapper + ["totp-admin", "enroll", name, "--conf", "\(site.folder)/totp.conf"] + options
        )
    }

    @Test(arguments: kinds, issuers)
    func `a picture is read, root's alone, and crisp`(kind: Kind, issuer: String) throws {
        let site = try Site()
        let path = "\(site.folder)/new.\(kind.testDescription)"
        let command = try enroll(
            ["--no-confirm", "--json", "--issuer", issuer, "--qr-file", path],
            at: site,
            under: ["sh", "-c", #"umask 0; exec "$0" "$@""#]
        )
        #expect(command.status == 0)
        let printed = try JSONSerialization.jsonObject(with: command.output) as? [String: Any]
        #expect(try Command.output(of: "stat", "-c", "%a %u %h", path) == "600 0 1\n")

        let raster = "\(site.folder)/raster.png"
        _ = try Command.output(of: "sh", "-c", kind.raster, path, raster)
        #expect(try Authenticator(pictureIn: raster).uri == printed?["uri"] as? String)
        // Width and height in the header of a PNG (its specification, 11.2.2): 8 pixels a module, and
        // 4k + 17 modules between two quiet zones of 4.
        let header = try Data(contentsOf: URL(fileURLWithPath: raster))[16..<24]
        let pixels = header.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        #expect(header.suffix(4).reduce(0) { $0 << 8 | Int($1) } == pixels)
        #expect(pixels % 8 == 0)
        #expect((pixels / 8 - 8 - 17) % 4 == 0)
    }

    @Test(arguments: [["--qr", "none"], ["--qr", "ansi"], []])
    func `the file is there while the code is asked for, and stays`(form: [String]) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("new.png").path
        let sheet = try Sheet(form + ["--qr-file", path], columns: 40)
        #expect(sheet.terminal.text.contains("The QR code is in '\(path)'.\r\n"))
        #expect(!sheet.terminal.text.contains("--qr-file"))
        let app = try Authenticator(pictureIn: path)
        #expect(app.secret == sheet.typedSecret)
        try sheet.terminal.type(app.code())
        #expect(try sheet.terminal.waitForExit() == 0)
        #expect(try Authenticator(pictureIn: path).uri == app.uri)
    }

    enum End: CaseIterable {
        case endOfInput, interrupt, quit, hangUp, termination

        /// As a shell has it: 65, or the signal and 128.
        var status: Int32 {
            switch self {
            case .endOfInput: 65
            case .interrupt: 128 + SIGINT
            case .quit: 128 + SIGQUIT
            case .hangUp: 128 + SIGHUP
            case .termination: 128 + SIGTERM
            }
        }
    }

    @Test(arguments: End.allCases)
    func `nothing is left of an enrollment that is given up`(end: End) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("new.svg").path
        let sheet = try Sheet(["--qr-file", path])
        #expect(FileManager.default.fileExists(atPath: path))
        switch end {
        case .endOfInput: try sheet.terminal.press("\u{04}")
        case .interrupt: try sheet.terminal.press("\u{03}")
        case .quit: try sheet.terminal.press("\u{1C}")
        case .hangUp: sheet.terminal.hangUp()
        case .termination: sheet.terminal.send(SIGTERM)
        }
        #expect(try sheet.terminal.waitForExit() == end.status)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
        #expect(try !sheet.isEnrolled())
    }

    @Test func `nothing is left when the enrollment cannot be saved`() throws {
        let folder = try TemporaryFolder()
        let sheet = try Sheet(["--qr-file", folder.file("new.svg").path])
        let code = try sheet.scan().code()
        // Somebody else gives the user an authenticator of this name meanwhile.
        let other = try Command.run(
            [
                "totp-admin", "enroll", sheet.user, "--conf", "\(sheet.site.folder)/totp.conf",
                "--no-confirm",
            ]
        )
        #expect(other.status == 0)
        try sheet.terminal.type(code)
        #expect(try sheet.terminal.waitForExit() == 65)
        #expect(sheet.terminal.text.contains("already has an authenticator 'app'"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
    }

    @Test func `a signal at any write leaves both the picture and the enrollment, or neither`()
        throws
    {
        let site = try Site()
        let folder = try TemporaryFolder()
        var outcomes: [Bool] = []
        var wasInterrupted = true
        while wasInterrupted {
            let path = folder.file("\(outcomes.count).png").path
            let person = try Accounts.make().name.description
            let configuration = ["--conf", "\(site.folder)/totp.conf"]
            let calls = "fsync,fdatasync,renameat"
            let command = try Command.run(
                [
                    "strace", "-qq", "-o", "/dev/null", "-e", "trace=\(calls)",
                    "-e", "inject=\(calls):signal=TERM:when=\(outcomes.count + 1)",
                    "totp-admin", "enroll", person, "--no-confirm", "--qr", "none",
                    "--qr-file", path,
                ] + configuration
            )
            wasInterrupted = command.status == 128 + SIGTERM
            let status = try Command.run(["totp-admin", "status", person] + configuration)
            let isEnrolled = status.text.contains("is enrolled")
            #expect(FileManager.default.fileExists(atPath: path) == isEnrolled)
            outcomes.append(isEnrolled)
        }
        // Interrupted before there was anything, interrupted after, and not at all.
        #expect(outcomes.first == false)
        #expect(outcomes.suffix(2) == [true, true])
    }

    @Test func `a signal while an enrollment is given up leaves no picture`() throws {
        let site = try Site()
        let folder = try TemporaryFolder()
        var count = 0
        var status = 128 + SIGTERM
        while status == 128 + SIGTERM {
            count += 1
            status = try Command.run(
                [
                    "strace", "-qq", "-o", "/dev/null", "-e", "trace=rt_sigprocmask", "-e",
                    "inject=rt_sigprocmask:signal=TERM:when=\(count)", "totp-admin", "enroll",
                    "root", "--qr", "none", "--qr-file", folder.file("new.svg").path, "--conf",
                    "\(site.folder)/totp.conf",
                ]
            ).status
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
        }
        #expect(status == 65)
        #expect(count > 4)
    }

    @Test func `a picture that cannot be written whole is not left, and nobody enrolled`() throws {
        let site = try Site()
        let folder = try TemporaryFolder()
        let command = try enroll(
            ["--no-confirm", "--json", "--qr-file", folder.file("new.png").path],
            at: site,
            // Enough for what is said, and not for the picture.
            under: ["prlimit", "--fsize=1000", "--"]
        )
        #expect(command.status == 73)
        #expect(command.error.split(separator: "\n").count == 1, "\(command.error)")
        #expect(command.error.contains("cannot write '\(folder.file("new.png").path)': "))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
        let list = try Command.run(
            ["totp-admin", "list", "--json", "--conf", "\(site.folder)/totp.conf"]
        )
        #expect(list.text.filter { !$0.isWhitespace } == "[]")
    }

    @Test(arguments: ["new.svg", "./new.svg", "link/new.svg"])
    func `a path may be relative, and its folder a link`(path: String) throws {
        let site = try Site()
        let folder = try TemporaryFolder()
        _ = try Command.output(of: "ln", "-s", ".", folder.file("link").path)
        let command = try enroll(
            ["--no-confirm", "--json", "--qr-file", path],
            at: site,
            under: ["env", "-C", folder.url.path]
        )
        #expect(command.status == 0, "\(command.error)")
        #expect(folder.text(of: "new.svg").hasPrefix("<svg "))
    }
}
