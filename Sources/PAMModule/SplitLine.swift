internal import System
internal import Verification

/// The line with `split_pass`, which stands before the one that asks for the password: for programs
/// that ask only once, it takes password and code in one answer, hands the password on and puts the
/// code aside for the line that verifies.
///
/// It decides nothing and charges nobody: nobody knows yet whether the password is right. How long
/// the code is depends on who it is, so finding out takes the same time for everybody.
struct SplitLine {
    let handle: PAMHandle
    let options: ModuleArguments
    /// How many digits the codes of the person's authenticators have; nil for somebody who has none
    /// or needs none, whose answer is a password and nothing else.
    let codeDigits: Result<[Int]?, JudgeError>

    private static let prompt: Text = "Password and verification code: "
    /// In milliseconds.
    private static let pace: Int64 = 50

    /// Waits until a multiple of the pace is over since `start` (`Clock.monotonicMilliseconds`).
    static func keepPace(since start: Int64) {
        let past = Clock.monotonicMilliseconds() &- start
        Clock.sleep(milliseconds: pace - max(0, past) % pace)
    }

    /// Takes an answer apart; the outcome is never a success.
    func run() throws(Failure) -> Outcome {
        if options.firstPass != .leave {
            let outcome = unsafe handle.withPassword { unsafe $0.map { unsafe split($0) } }
            if let outcome { return outcome }
        }
        if options.firstPass == .use { return .refused(.notACode) }
        return try Failure.wrapping(Failure.conversation) { () throws(PAMFailure) in
            try unsafe handle.ask(options.prompt ?? Self.prompt) { answer in
                unsafe answer.map { unsafe split($0) } ?? .refused(.notACode)
            }
        }
    }

    private func split(_ answer: UnsafeRawBufferPointer) -> Outcome {
        let digits: [Int]?
        switch codeDigits {
        case .success(let found): digits = found
        case .failure(let error): return .failed(.undecided(error))
        }
        let codeLength = digits.map {
            unsafe CombinedAnswer.codeLength(atEndOf: answer, digits: $0)
        }
        do throws(PAMFailure) {
            try unsafe handle.split(answer, passwordLength: answer.count - (codeLength ?? 0))
            return .split
        } catch {
            return .failed(.conversation(error))
        }
    }
}
