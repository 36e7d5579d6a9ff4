internal import ArgumentParser
internal import Store

/// Puts a disabled authenticator back into use: `totp-admin enable USER`.
struct EnableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Put a disabled authenticator back into use.",
        discussion: """
            Codes used before stay used.
            Example:
              totp-admin enable alice --name phone
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var user: UserArgument
    @OptionGroup var authenticator: AuthenticatorArgument

    func run() throws {
        let store = try common.openStore()
        let account = try user.find()
        try Console.output.writeLine(
            Availability.set(isDisabled: false, authenticator, of: account, in: store)
        )
    }
}
