internal import ArgumentParser
internal import Store
internal import System
internal import Verification

/// Shows an authenticator's QR code and secret again: `totp-admin show USER --reveal`.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show an authenticator's QR code and secret again, for a second copy of it.",
        discussion: """
            Whoever sees them can make its codes. Give --issuer if 'enroll' was given it.
            Example:
              totp-admin show alice --name phone --reveal
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var user: UserArgument
    @OptionGroup var authenticator: AuthenticatorArgument
    @OptionGroup var issuer: IssuerOption
    @OptionGroup var picture: PictureOptions
    @Flag(help: "Show the secret; nothing is shown without this.")
    var reveal = false

    func run() throws {
        guard reveal else {
            throw AdminError(
                .usage,
                "this shows a secret with which anybody can make the codes; give --reveal to see it"
            )
        }
        let configuration = try common.readConfiguration()
        let store = try common.openStore(configuration)
        let account = try user.find()
        let record = try store.ownRecord(of: account)
        let (chosen, progress) = try authenticator.selectActive(in: record)
        let sheet = AuthenticatorSheet(
            chosen,
            of: account.name,
            issuer: try issuer.text(configuration),
            // An app that begins with the next code is in step.
            counter: UInt64(clamping: progress.next)
        )
        if progress.isDisabled {
            try Console.output.writeLine("'\(chosen.name)' is disabled; see 'totp-admin enable'.\n")
        }
        try picture.withFile(of: sheet.uri) {
            try picture.show(sheet, on: Console.output)
        } save: {
        }
    }
}
