internal import ArgumentParser
internal import Store
internal import System
internal import Verification

/// Checks a code as a login would: `totp-admin verify USER`.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a code exactly as a login would, using it up.",
        discussion: """
            Reads the code from standard input; exits with 0 if it is accepted, 1 if it is refused.
            Example:
              totp-admin verify alice
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var user: UserArgument
    @Flag(help: "Print user, accepted, authenticator, recovery_codes_left and reason as JSON.")
    var json = false

    func run() throws {
        let configuration = try common.readConfiguration()
        let store = try common.openStore(configuration)
        let account = try user.find()
        let line = try Console.error.ask("Code: ") ?? ""
        let verdict: Verdict?
        do throws(StoreError) {
            verdict = try store.verify(
                Reply(parsing: Array(line.utf8)),
                of: account,
                under: configuration.policy,
                tellingOwner: false,
                at: Clock.now,
                lookUp: Account.find(named:)
            )
        } catch {
            throw AdminError(error)
        }
        guard let verdict else { throw AdminError.notEnrolled(account.name) }
        let answer = Answer(user: account.name.description, verdict)
        if json {
            try JSONOutput.write(answer)
        } else {
            try Console.output.writeLine(answer.sentence)
        }
        if !answer.accepted { throw ExitCode(1) }
    }

    /// What `--json` prints.
    private struct Answer: Encodable {
        let user: String
        let accepted: Bool
        var authenticator: String?
        var recoveryCodesLeft: Int?
        var reason: String?

        init(user: String, _ verdict: Verdict) {
            self.user = user
            switch verdict {
            case .accepted(let acceptance):
                accepted = true
                switch acceptance.means {
                case .authenticator(let name): authenticator = name.description
                case .recoveryCode(let left): recoveryCodesLeft = left
                }
            case .refused(let refusal):
                accepted = false
                reason = refusal.reason.description
                if case .replayed(let name?) = refusal { authenticator = name.description }
            }
        }

        var sentence: String {
            if let reason { return "refused: \(reason)" }
            if let recoveryCodesLeft { return "accepted: recovery code, \(recoveryCodesLeft) left" }
            return "accepted: \(authenticator ?? "")"
        }
    }
}
