internal import ArgumentParser
internal import Store
internal import System
internal import Verification

/// Writes authenticators for another program: `totp-admin export`.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write authenticators, secrets in the clear, for another program.",
        discussion: """
            Refuses one by one what the format cannot say, and exits with 0 only if everything was \
            exported, 65 if something was refused. Recovery codes stay behind: only their hashes \
            are kept.
            Example:
              totp-admin export --all --format uri --reveal --output uris.txt
            """
    )

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("The login name.", valueName: "user"), completion: .user)
    var user: String?
    @Flag(help: "Everybody who is enrolled.")
    var all = false
    @Option(help: "uri (otpauth URIs, one a line) or oath (the users.oath of pam_oath).")
    var format: ExportFormat
    @Flag(help: "Say that the secrets are to be written in the clear.")
    var reveal = false
    @Option(
        help: ArgumentHelp(
            "A new file, for root alone, or standard output (-).",
            valueName: "file"
        ),
        completion: .file()
    )
    var output: String

    func validate() throws {
        guard (user != nil) != all else { throw ValidationError("Give either a user or --all.") }
    }

    func run() throws {
        guard reveal else {
            throw AdminError(
                .usage,
                "this writes secrets in the clear; say --reveal if you mean it"
            )
        }
        let configuration = try common.readConfiguration()
        let store = try common.openStore(configuration)
        let account = try user.map(UserArgument.find)
        if let account { _ = try store.ownRecord(of: account) }
        let file = output == "-" ? nil : try NewSecretFile(output)
        var exporting = Exporting(
            format: format,
            issuer: configuration.issuer ?? Host.name(),
            policy: configuration.policy
        )
        try exporting.add(account.map { [$0.uid] } ?? store.allUIDs(), of: store)
        let text = exporting.lines.map { "\($0)\n" }.joined()
        if let file { try file.finish(text) } else { try Console.output.write(text) }
        let report = file == nil ? Console.error : Console.output
        for line in exporting.refused { try report.writeLine(line) }
        try report.writeLine(
            "\(exporting.lines.count) exported, \(exporting.refused.count) refused"
        )
        if !exporting.refused.isEmpty { throw AdminError.saidAlready(.dataError) }
    }
}

/// What an export is written as.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
    case uri
    case oath
}
