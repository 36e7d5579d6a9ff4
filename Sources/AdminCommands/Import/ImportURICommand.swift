internal import ArgumentParser

/// Takes over otpauth URIs: `totp-admin import uri FILE`.
struct ImportURICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uri",
        abstract: "Take over otpauth URIs, one a line, as apps and QR codes have them.",
        discussion: """
            A line is 'USER URI', or a URI alone whose account is the login name. Every code up to \
            the present one counts as used.
            Example:
              totp-admin import uri uris.txt
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: ImportOptions
    @Argument(
        help: ArgumentHelp("The file; '-' is standard input.", valueName: "file"),
        completion: .file()
    )
    var file = "-"

    func run() throws {
        try options.run(common) { (now, policy) in
            URIFile.items(in: try InputFile.read(file), at: now, under: policy)
        }
    }
}
