internal import CPAM
internal import Store
internal import System
internal import Verification

/// pam_sm_authenticate(3): from a handle and arguments to an outcome.
struct Authentication {
    private let handle: PAMHandle
    private let isSilent: Bool

    private static let prompt: Text = "Verification code: "

    init(_ handle: PAMHandle, flags: CInt) {
        self.handle = handle
        isSilent = flags & CInt(PAM_SILENT) != 0
    }

    /// Runs the authentication, logs it, tells the person what they should know.
    func run(arguments: [Text]) -> CInt {
        var user: Text = ""
        let outcome = decide(arguments, user: &user)
        let line = LogLine(
            outcome: outcome,
            user: user,
            remoteHost: handle.item(.remoteHost),
            terminal: handle.item(.terminal)
        )
        handle.log(outcome.priority, line.text)
        if outcome.isGuess { handle.delayFailure() }
        if case .accepted(let acceptance) = outcome, !isSilent { tell(acceptance) }
        return outcome.returnCode
    }

    private func decide(_ arguments: [Text], user: inout Text) -> Outcome {
        let options: ModuleArguments
        let configuration: Configuration
        do throws(ModuleArgumentError) {
            options = try ModuleArguments(arguments)
        } catch {
            return .badArguments(error)
        }
        do throws(ConfigurationError) {
            configuration = try Configuration.read(path: options.configurationPath)
        } catch {
            return .badConfiguration(error)
        }
        let account: Account?
        switch handle.user() {
        case .failure(let failure): return .noUserName(failure)
        case .success(let name):
            do throws(SystemError) {
                account = try Account.find(named: name)
            } catch {
                return .directoryUnavailable(error)
            }
        }
        user = account?.name ?? ""
        do throws(StoreError) {
            return try decide(on: account, options, configuration)
        } catch {
            return .storeUnavailable(error)
        }
    }

    /// Everybody is asked alike, whether or not there is somebody to verify.
    ///
    /// The store is open only while it is being read: nobody knows how long a person takes to type.
    private func decide(
        on account: Account?,
        _ options: ModuleArguments,
        _ configuration: Configuration
    ) throws(StoreError) -> Outcome {
        if let account, options.nullok, try !Store(configuration).isEnrolled(account.uid) {
            return .exempt
        }
        let reply: Reply
        do throws(PAMFailure) {
            reply = try handle.ask(Self.prompt)
        } catch {
            return .conversationFailed
        }
        guard let account else { return .unknownUser }
        let verdict = try Store(configuration).verify(
            reply,
            of: account,
            under: configuration.policy,
            at: Clock.now,
            lookUp: Account.find(named:)
        )
        switch verdict {
        case .accepted(let acceptance): return .accepted(acceptance)
        case .refused(let refusal): return .refused(refusal)
        case nil: return .notEnrolled
        }
    }

    private func tell(_ acceptance: Acceptance) {
        if case .recoveryCode(let left) = acceptance.means {
            handle.tell("You have used a recovery code. Codes left: \(left).")
        }
        if acceptance.wrongBefore > 0 {
            handle.tell("Wrong codes since your last login: \(acceptance.wrongBefore).")
        }
    }
}
