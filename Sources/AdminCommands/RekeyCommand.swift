internal import ArgumentParser
internal import Store
internal import System

/// Changes the key that secrets are sealed under: `totp-admin rekey`.
struct RekeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rekey",
        abstract: "Change the key that every secret is sealed under.",
        discussion: """
            Logins and other commands go on meanwhile. If it is interrupted, or a record cannot be \
            read, the key before is kept beside the new one; run it again to finish. A copy of \
            the key file from before opens nothing that is in the store then.
            Example:
              totp-admin rekey
            """
    )

    @OptionGroup var common: CommonOptions

    func run() throws {
        let configuration = try common.readConfiguration()
        let store = try common.openStore(configuration)
        let change: KeyChange
        do throws(StoreError) {
            change = try store.changeKey()
        } catch {
            throw AdminError(error)
        }
        for problem in change.problems {
            try Console.error.writeLine("totp-admin: \(problem.description)")
        }
        if !change.problems.isEmpty {
            throw AdminError(
                .dataError,
                """
                records that could not be sealed anew: \(change.problems.count); the key before is \
                kept for them until 'rekey' has run again
                """
            )
        }
        try Console.output.writeLine(
            "changed the key in '\(configuration.keyFile)'; enrollments sealed anew: \(change.resealed)"
        )
    }
}
