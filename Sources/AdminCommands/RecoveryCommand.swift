internal import ArgumentParser
internal import Store
internal import System
internal import Verification

/// Replaces a user's recovery codes: `totp-admin recovery USER`.
struct RecoveryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recovery",
        abstract: "Replace all of a user's recovery codes.",
        discussion: """
            The old ones stop working.
            Example:
              totp-admin recovery alice
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var user: UserArgument
    @Flag(help: "Print user and recovery_codes as JSON.")
    var json = false

    func run() throws {
        let store = try common.openStore()
        let account = try user.find()
        let new = try RecoverySet.generate()
        try store.changeRecord(of: account) { (record) in record.replaceRecovery(with: new.set) }
        try AdminError.showing(orElse: "the codes from before are void; run it again") {
            if json {
                try JSONOutput.write(
                    Replaced(
                        user: account.name.description,
                        recoveryCodes: new.codes.map(\.description)
                    )
                )
            } else {
                try Console.output.writeLine(RecoverySheet.text(new.codes))
            }
        }
    }

    /// What `--json` prints.
    private struct Replaced: Encodable {
        let user: String
        let recoveryCodes: [String]
    }
}
