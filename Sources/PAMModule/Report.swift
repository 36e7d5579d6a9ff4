internal import Store
internal import System
internal import Verification

/// What the log and the person are told of an authentication.
struct Report {
    private let handle: PAMHandle
    /// Whether the person is told nothing but the question (PAM_SILENT).
    private(set) var isSilent: Bool
    /// Whether the log gets more than the answers.
    private var isDetailed = false
    /// Who is logging in; empty until the name has turned out to be a user's.
    private var user: Text = ""

    init(_ handle: PAMHandle, isSilent: Bool) {
        self.handle = handle
        self.isSilent = isSilent
    }

    mutating func heed(_ options: ModuleArguments) {
        isSilent = isSilent || options.silent
        isDetailed = options.debug
    }

    /// Takes notice of who it is about, and logs what an administrator may want to know of that.
    mutating func describe(_ subject: Subject, _ configuration: Configuration) {
        user = subject.account?.name ?? ""
        if case .unknownGroup(let group) = subject.scope {
            handle.log(
                .warning,
                "nobody is exempt by group: there is no group '\(group.escaped())'"
            )
        }
        guard isDetailed, let account = subject.account else { return }
        let clock: Text =
            switch Clock.isSynchronised() {
            case true?: "synchronised"
            case false?: "not synchronised"
            case nil: "nobody knows how right"
            }
        handle.log(
            .debug,
            "uid=\(account.uid) store='\(configuration.store)' time=\(Clock.now()) (\(clock))"
        )
    }

    /// Logs an outcome, and tells the person what they should know besides whether they are in.
    func write(_ outcome: Outcome) {
        let isLogged = isDetailed || outcome.priority != .debug
        if isLogged { handle.log(outcome.priority, line(outcome)) }
        if !isSilent { tell(outcome) }
    }

    private func line(_ outcome: Outcome) -> Text {
        // Whoever reads of wrong codes should know when it is the clock.
        var isClockOff = false
        if case .refused(.wrong) = outcome { isClockOff = Clock.isSynchronised() == false }
        return LogLine(
            outcome: outcome,
            user: user,
            remoteHost: handle.item(.remoteHost),
            service: handle.item(.service),
            terminal: handle.item(.terminal),
            isClockOff: isClockOff
        ).text
    }

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
                "Too many wrong codes. Wait \(seconds) seconds, or log in with a recovery code."
            )
        case .refused(.stopped):
            handle.tell(
                "Too many wrong codes. Log in with a recovery code, or ask your administrator."
            )
        default: break
        }
    }
}
