internal import HelperProtocol
internal import Store
internal import System
internal import Verification

/// totp-helper: verifies its caller's own codes for programs that are not root (screen lockers).
///
/// It runs setgid to the group that may read the key and write states, so its caller is the
/// attacker: it takes nothing from the environment, reads the system's configuration alone, and
/// answers for nobody but its real uid.
package enum Helper {
    /// How long it lives, in seconds; longer than it would wait for a lock.
    package static let lifetime: UInt32 = 20

    /// Reads one request from standard input and answers it on standard output.
    ///
    /// - Returns: what the process exits with: 0 if there is an answer, 64 (EX_USAGE) if this was no
    ///   program's request.
    package static func run() -> Int32 {
        ProcessIsolation.enter(lifetime: lifetime)
        let input = StandardStream.input
        guard !input.isTerminal,
            let bytes = input.readAll(limit: HelperRequest.maximumLength),
            let request = HelperRequest.decode(bytes)
        else { return 64 }
        let answer = answer(request, caller: ProcessIsolation.caller())
        return StandardStream.output.write(answer.encode()) ? 0 : 74
    }

    /// Decides on a request from the user with the real uid `caller`.
    static func answer(_ request: borrowing HelperRequest, caller: UserID) -> HelperAnswer {
        let configuration: Configuration
        do throws(ConfigurationError) {
            configuration = try Configuration.read()
        } catch {
            return .failed(error.description)
        }
        do throws(SystemError) {
            guard let account = try Account.find(named: request.user), account.uid == caller else {
                return .failed("the helper answers for its caller alone")
            }
            return answer(request, account, configuration)
        } catch {
            return .failed("cannot look up the user: \(error.description)")
        }
    }

    private static func answer(
        _ request: borrowing HelperRequest,
        _ account: Account,
        _ configuration: Configuration
    ) -> HelperAnswer {
        do throws(StoreError) {
            let store = try Store(configuration)
            switch request.question {
            case .isEnrolled:
                return try store.isEnrolled(account.uid) ? .enrolled : .notEnrolled
            case .codeDigits:
                return try store.codeDigits(of: account.uid).map { .codeDigits($0) } ?? .notEnrolled
            case .verify, .verifySilently:
                let reply = unsafe request.reply.withUnsafeBytes { unsafe Reply(parsing: $0) }
                let verdict = try store.verify(
                    reply,
                    of: account,
                    under: configuration.policy,
                    tellingOwner: request.question == .verify,
                    at: Clock.now,
                    lookUp: Account.find(named:)
                )
                return verdict.map { .verdict($0) } ?? .notEnrolled
            }
        } catch {
            return .failed(error.description)
        }
    }
}
