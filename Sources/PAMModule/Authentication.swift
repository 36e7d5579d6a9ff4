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
        // What nettle worked with is still in the frames that were below this one.
        Stack.wipe()
        let line = LogLine(
            outcome: outcome,
            user: user,
            remoteHost: handle.item(.remoteHost),
            terminal: handle.item(.terminal)
        )
        handle.log(outcome.priority, line.text)
        if outcome.isGuess { handle.delayFailure() }
        if !isSilent { tell(outcome) }
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
        let name: Text
        switch handle.user() {
        case .failure(let failure): return .noUserName(failure)
        case .success(let asked): name = asked
        }
        let account: Account?
        do throws(SystemError) {
            account = try Account.find(named: name)
        } catch {
            return .directoryUnavailable(error)
        }
        user = account?.name ?? ""
        let judge = Judge(
            configuration,
            isSystemConfiguration: options.configurationPath == nil
        )
        do throws(JudgeError) {
            return try decide(on: account, named: name, options, judge)
        } catch {
            return .undecided(error)
        }
    }

    /// Everybody is asked alike, whether or not there is somebody to verify.
    private func decide(
        on account: Account?,
        named name: Text,
        _ options: ModuleArguments,
        _ judge: Judge
    ) throws(JudgeError) -> Outcome {
        if let account, options.nullok, try !judge.isEnrolled(account) { return .exempt }
        let reply: Reply
        do throws(PAMFailure) {
            reply = try handle.ask(Self.prompt)
        } catch {
            return .conversationFailed
        }
        guard let account else { return .unknownUser }
        // Whoever is verified must be the one who is let in.
        guard handle.item(.user) == name else { return .userChanged }
        switch try judge.verify(reply, of: account) {
        case .accepted(let acceptance): return .accepted(acceptance)
        case .refused(let refusal): return .refused(refusal)
        case nil: return .notEnrolled
        }
    }

    /// What the person should know besides whether they are in.
    private func tell(_ outcome: Outcome) {
        switch outcome {
        case .accepted(let acceptance):
            if case .recoveryCode(let left) = acceptance.means {
                handle.tell("You have used a recovery code. Codes left: \(left).")
            }
            if acceptance.wrongBefore > 0 {
                handle.tell("Wrong codes since your last login: \(acceptance.wrongBefore).")
            }
        case .refused(.waiting(let seconds)):
            handle.tell(
                "Too many wrong codes. Wait \(seconds) seconds, or use a recovery code."
            )
        case .refused(.stopped):
            handle.tell(
                "Too many wrong codes. Use a recovery code, or ask your administrator."
            )
        default: break
        }
    }
}
