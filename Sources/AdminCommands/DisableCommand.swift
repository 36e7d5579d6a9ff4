internal import ArgumentParser
internal import Store

/// Puts an authenticator out of use: `totp-admin disable USER`.
struct DisableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Put an authenticator out of use, without losing its secret.",
        discussion: """
            Its codes are refused, and counted, as wrong ones are, until 'enable'. Recovery codes \
            go on working. Somebody all of whose authenticators are disabled is still enrolled: \
            'nullok' does not let them pass.
            Example:
              totp-admin disable alice --name phone
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var user: UserArgument
    @OptionGroup var authenticator: AuthenticatorArgument

    func run() throws {
        let store = try common.openStore()
        let account = try user.find()
        try Console.output.writeLine(
            Availability.set(isDisabled: true, authenticator, of: account, in: store)
        )
    }
}
