internal import ArgumentParser
internal import Store
internal import System
internal import Verification

/// Learns how far a user's authenticator is off: `totp-admin resync USER`.
struct ResyncCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resync",
        abstract: "Learn how far an authenticator's clock or counter is off, from two codes.",
        discussion: """
            Reads two codes from standard input, the second being the one shown directly after the \
            first. An authenticator that is not active, as a restore leaves one that counts, is active \
            again then.
            Example:
              totp-admin resync alice --name token
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var user: UserArgument
    @OptionGroup var authenticator: AuthenticatorArgument

    func run() throws {
        let configuration = try common.readConfiguration()
        let store = try common.openStore(configuration)
        let account = try user.find()
        let first = try Self.code("A code: ")
        let second = try Self.code("The next one: ")
        let outcome = try store.changeRecord(of: account) {
            (record) throws(AdminError) -> String in
            let authenticator = try authenticator.select(in: record)
            let now = Clock.now()
            guard
                let progress = Resynchronization.progress(
                    of: authenticator,
                    record.state.progress(of: authenticator.id),
                    showing: (first, second),
                    at: now,
                    under: configuration.policy
                )
            else {
                throw Self.refusal(
                    of: authenticator,
                    record.state.progress(of: authenticator.id),
                    showing: (first, second),
                    at: now,
                    under: configuration.policy
                )
            }
            record.update(progress)
            return "'\(authenticator.name)' is in step again (\(progress.drift) steps off)"
        }
        try Console.output.writeLine(outcome)
    }

    /// Why two codes were not taken: they may be right, and count as used.
    private static func refusal(
        of authenticator: Authenticator,
        _ known: LoginState.Progress?,
        showing codes: (UInt32, UInt32),
        at now: Int64,
        under policy: Policy
    ) -> AdminError {
        let unused = LoginState.Progress(id: authenticator.id)
        if let known,
            var progress = Resynchronization.progress(
                of: authenticator,
                unused,
                showing: codes,
                at: now,
                under: policy
            )
        {
            (progress.next, progress.lastUsedAt) = (known.next, known.lastUsedAt)
            if let found = Postponement(of: authenticator, progress, at: now, under: policy) {
                let text = Postponement.text(
                    "\(authenticator.name)",
                    until: Timestamp.text(found.until) ?? "",
                    because: found.reason
                )
                return AdminError(.dataError, "\(text); \(Postponement.advice)")
            }
        }
        return AdminError(
            .dataError,
            """
            these are not two codes in a row of '\(authenticator.name)', or it is off by more than \
            max_drift
            """
        )
    }

    private static func code(_ prompt: String) throws -> UInt32 {
        guard let line = try Console.error.ask(prompt),
            case .code(let code, _) = Reply(parsing: Array(line.utf8))
        else { throw AdminError(.dataError, "this is not a code of 6 to 8 digits") }
        return code
    }
}
