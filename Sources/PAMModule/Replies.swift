internal import System
internal import Verification

/// The replies that an authentication looks at, one after another until one is accepted.
///
/// There is at least one, for everybody alike, whether or not there is somebody to verify. A missing
/// answer is a reply that is no code.
struct Replies {
    private let handle: PAMHandle
    private let user: Text
    private let options: ModuleArguments
    private var isFirst = true
    /// How many times more somebody is asked.
    private var questions: Int

    private static let prompt: Text = "Verification code: "

    init(_ handle: PAMHandle, of user: Text, _ options: ModuleArguments) {
        self.handle = handle
        self.user = user
        self.options = options
        questions = options.attempts ?? 1
    }

    var isExhausted: Bool { questions == 0 }

    mutating func next() throws(PAMFailure) -> Reply {
        if isFirst {
            isFirst = false
            if let reply = replyWithoutAsking() { return reply }
        }
        questions -= min(questions, 1)
        return try unsafe handle.ask(options.prompt ?? Self.prompt, echo: options.echo) {
            unsafe Self.read($0) ?? .unrecognised
        }
    }

    /// What is there before anybody is asked; nil for nothing.
    private mutating func replyWithoutAsking() -> Reply? {
        // Where a line with split_pass came first, the program asks only once.
        if let code = unsafe handle.takeCode(of: user, { unsafe Self.read($0) }) {
            questions = 0
            return code
        }
        switch options.firstPass {
        case .leave:
            return nil
        case .use:
            questions = 0
            return unsafe handle.withPassword { unsafe Self.read($0) ?? .unrecognised }
        case .try:
            let password = unsafe handle.withPassword { unsafe Self.read($0) ?? .unrecognised }
            // As a rule it is a password, and nobody's attempt.
            if password.isCode { return password }
            return nil
        }
    }

    private static func read(_ answer: UnsafeRawBufferPointer?) -> Reply? {
        guard let answer = unsafe answer else { return nil }
        return unsafe Reply(parsing: answer)
    }
}
