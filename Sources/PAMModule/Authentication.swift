internal import Store
internal import System
internal import Verification

/// pam_sm_authenticate(3): from a handle and arguments to an outcome.
struct Authentication {
    private let handle: PAMHandle
    private var report: Report

    init(_ handle: PAMHandle, isSilent: Bool) {
        self.handle = handle
        report = Report(handle, isSilent: isSilent)
    }

    /// Runs the authentication, and returns what PAM is told.
    mutating func run(arguments: [Text]) -> CInt {
        let outcome: Outcome
        do throws(Failure) {
            outcome = try decide(arguments)
        } catch {
            outcome = .failed(error)
        }
        // What nettle worked with is still in the frames that were below this one.
        Stack.wipe()
        report.write(outcome)
        if outcome.isGuess { handle.delayFailure() }
        return outcome.returnCode
    }

    private mutating func decide(_ arguments: [Text]) throws(Failure) -> Outcome {
        let start = Clock.monotonicMilliseconds()
        let options = try Failure.wrapping(Failure.badArguments) {
            () throws(ModuleArgumentError) in try ModuleArguments(arguments)
        }
        report.heed(options)
        switch options.task {
        case .askPassword: return try askPassword(options)
        case .keepPace: return try keepPace()
        case .verify, .splitAnswer: break
        }
        let configuration = try Failure.wrapping(Failure.badConfiguration) {
            () throws(ConfigurationError) in
            try Configuration.read(
                path: options.configurationPath,
                service: handle.item(.service)
            )
        }
        let judge = Judge(configuration, isSystemConfiguration: options.configurationPath == nil)
        if options.task == .splitAnswer {
            return try split(options, configuration, judge, since: start)
        }
        let subject = try Subject(handle, configuration)
        report.describe(subject, configuration)
        if case .exempt(let exemption) = subject.scope { return .exempt(exemption) }
        if options.nullok, let account = subject.account, try !isEnrolled(account, judge) {
            if configuration.isMissing {
                throw .badConfiguration(.missing(path: Configuration.defaultPath))
            }
            return .exempt(.notEnrolled)
        }
        return try ask(subject, options, judge)
    }

    private func isEnrolled(_ account: Account, _ judge: Judge) throws(Failure) -> Bool {
        try Failure.wrapping(Failure.undecided) { () throws(JudgeError) in
            try judge.isEnrolled(account)
        }
    }

    /// The name comes first, as everywhere; who that is would take its time, and nobody needs it.
    private func askPassword(_ options: ModuleArguments) throws(Failure) -> Outcome {
        _ = try userName()
        try Failure.wrapping(Failure.conversation) { () throws(PAMFailure) in
            try handle.askPassword(options.prompt ?? "Password: ")
            try handle.noteStart(Clock.monotonicMilliseconds())
        }
        return .prepared
    }

    private func keepPace() throws(Failure) -> Outcome {
        guard let start = handle.start else { throw .badArguments(.paceWithoutStart) }
        Pace.computing.keep(since: start)
        return .prepared
    }

    private func userName() throws(Failure) -> Text {
        try Failure.wrapping(Failure.noUserName) { () throws(PAMFailure) in try handle.user() }
    }

    /// Everybody is asked, also where nobody can tell who they are or how long their code is.
    private mutating func split(
        _ options: ModuleArguments,
        _ configuration: Configuration,
        _ judge: Judge,
        since start: Int64
    ) throws(Failure) -> Outcome {
        let name = try userName()
        let codeDigits: Result<[Int]?, Failure>
        do throws(Failure) {
            let subject = try Subject(handle, configuration)
            report.describe(subject, configuration)
            codeDigits = .success(try digits(of: subject.accountInScope, judge))
        } catch {
            codeDigits = .failure(error)
        }
        Stack.wipe()
        let pace: Pace = configuration.exemptions.namesGroups ? .computing : .reading
        pace.keep(since: start)
        return try SplitLine(
            handle: handle,
            user: name,
            options: options,
            codeDigits: codeDigits
        ).run()
    }

    private func digits(of account: Account?, _ judge: Judge) throws(Failure) -> [Int]? {
        guard let account else { return nil }
        return try Failure.wrapping(Failure.undecided) { () throws(JudgeError) in
            try judge.codeDigits(of: account)
        }
    }

    /// Everybody is asked alike, whether or not there is somebody to verify.
    private func ask(
        _ subject: Subject,
        _ options: ModuleArguments,
        _ judge: Judge
    ) throws(Failure) -> Outcome {
        var replies = Replies(handle, of: subject.name, options)
        while true {
            let outcome: Outcome
            do throws(PAMFailure) {
                let reply = try replies.next()
                outcome = verify(reply, of: subject, judge)
            } catch {
                throw .conversation(error)
            }
            if !outcome.isGuess || replies.isExhausted { return outcome }
            // Nobody knows how long they take to type.
            Stack.wipe()
            report.write(outcome)
        }
    }

    @inline(never)
    private func verify(
        _ reply: borrowing Reply,
        of subject: Subject,
        _ judge: Judge
    ) -> Outcome {
        guard let account = subject.account else { return .unknownUser }
        // Whoever is verified must be the one who is let in.
        guard handle.item(.user) == subject.name else { return .userChanged }
        do throws(JudgeError) {
            switch try judge.verify(reply, of: account, tellingOwner: !report.isSilent) {
            case .accepted(let acceptance): return .accepted(acceptance)
            case .refused(let refusal): return .refused(refusal)
            case nil: return .notEnrolled
            }
        } catch {
            return .failed(.undecided(error))
        }
    }
}
