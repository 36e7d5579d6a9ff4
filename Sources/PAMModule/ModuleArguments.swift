package import System

/// The module arguments on a line of a PAM stack (pam.conf(5)), in the spelling of other modules.
package struct ModuleArguments: Equatable {
    /// What a line does.
    package enum Task: Equatable {
        /// Verifies a code.
        case verify
        /// `split_pass`: takes password and code in one answer, for later lines.
        case splitAnswer
        /// `ask_pass`: asks for the password, for later lines, and notes when it came.
        case askPassword
        /// `keep_pace`: waits, so that everybody without the right password waits as long.
        case keepPace
    }

    /// What is done with the password that an earlier module has asked for (PAM_AUTHTOK).
    package enum FirstPass: Equatable {
        /// It is nobody's business here.
        case leave
        /// It is tried as a code before anybody is asked.
        case `try`
        /// It is the code; nobody is asked.
        case use
    }

    /// Whether somebody who is not enrolled may pass without a code.
    package private(set) var nullok = false
    /// The configuration to read; nil for the default one.
    package private(set) var configurationPath: Text?
    /// The question; nil for the usual one.
    package private(set) var prompt: Text?
    /// Whether the code is shown while it is typed.
    package private(set) var echo = false
    /// How many times somebody is asked, 1 to 10; nil where the line does not say.
    package private(set) var attempts: Int?
    package private(set) var firstPass = FirstPass.leave
    package private(set) var task = Task.verify
    /// Whether nothing is said but the question.
    package private(set) var silent = false
    package private(set) var debug = false

    package static let attemptBounds = 1...10

    /// - Throws: `ModuleArgumentError`; one option that is not understood denies every login.
    package init(_ arguments: [Text]) throws(ModuleArgumentError) {
        for argument in arguments { try apply(argument) }
        if firstPass == .use, attempts != nil { throw .contradiction("retry", "use_first_pass") }
        guard let word = task.word else { return }
        if echo { throw .contradiction("echo", word) }
        if attempts != nil { throw .contradiction("retry", word) }
    }

    private mutating func apply(_ argument: Text) throws(ModuleArgumentError) {
        if let path = argument.rest(after: "conf=") {
            guard path.utf8.first == UInt8(ascii: "/") else { throw .notAPath(option: "conf") }
            configurationPath = path
        } else if let question = argument.rest(after: "prompt=") {
            prompt = question
        } else if let number = argument.rest(after: "retry=") {
            guard let number = Decimal.parse(number.utf8, as: Int.self),
                Self.attemptBounds.contains(number)
            else { throw .outOfBounds(option: "retry", bounds: Self.attemptBounds) }
            attempts = number
        } else {
            try applyFlag(argument)
        }
    }

    private mutating func applyFlag(_ argument: Text) throws(ModuleArgumentError) {
        switch argument {
        case "nullok": nullok = true
        case "echo": echo = true
        case "try_first_pass": try apply(.try, insteadOf: .use)
        case "use_first_pass": try apply(.use, insteadOf: .try)
        case "split_pass": try apply(.splitAnswer)
        case "ask_pass": try apply(.askPassword)
        case "keep_pace": try apply(.keepPace)
        case "silent": silent = true
        case "debug": debug = true
        case "forward_pass": throw .forwardPass
        default: throw .unknownOption(argument)
        }
    }

    private mutating func apply(_ wanted: Task) throws(ModuleArgumentError) {
        if let word = task.word, let other = wanted.word, task != wanted {
            throw .contradiction(word, other)
        }
        task = wanted
    }

    private mutating func apply(
        _ wanted: FirstPass,
        insteadOf other: FirstPass
    ) throws(ModuleArgumentError) {
        if firstPass == other { throw .contradiction("try_first_pass", "use_first_pass") }
        firstPass = wanted
    }
}

extension ModuleArguments.Task {
    /// The option that asks for it.
    fileprivate var word: Text? {
        switch self {
        case .verify: nil
        case .splitAnswer: "split_pass"
        case .askPassword: "ask_pass"
        case .keepPace: "keep_pace"
        }
    }
}

/// A module argument that makes no sense.
package enum ModuleArgumentError: Error, Equatable {
    case unknownOption(Text)
    case notAPath(option: Text)
    case outOfBounds(option: Text, bounds: ClosedRange<Int>)
    case contradiction(Text, Text)
    /// `keep_pace` where nothing has noted when the password came.
    case paceWithoutStart
    /// Known from other modules, and refused.
    case forwardPass

    package var description: Text {
        switch self {
        case .unknownOption(let option):
            "unknown option '\(option.escaped())'"
        case .notAPath(let option):
            "option '\(option)=' needs an absolute path"
        case .outOfBounds(let option, let bounds):
            "option '\(option)=' needs a number from \(bounds.lowerBound) to \(bounds.upperBound)"
        case .contradiction(let first, let second):
            "option '\(first)' makes no sense beside '\(second)'"
        case .paceWithoutStart:
            "option 'keep_pace' needs a line with 'ask_pass' or 'split_pass' before it"
        case .forwardPass:
            "option 'forward_pass' would verify the code before the password, so that anybody could spend the owner's attempts; use 'split_pass' and a second line"
        }
    }
}
