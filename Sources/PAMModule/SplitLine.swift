internal import CPAM
internal import System
internal import Verification

/// The line with `split_pass`, which stands before the one that asks for the password: for programs
/// that ask only once, it takes password and code in one answer, hands the password on and puts the
/// code aside for the line that verifies.
///
/// It decides nothing and charges nobody: nobody knows yet whether the password is right. How long
/// the code is depends on who it is, so finding out takes the same time for everybody; if it cannot
/// be found out, all of the answer is the password, and the line that verifies denies.
struct SplitLine {
    let handle: PAMHandle
    let user: Text
    let options: ModuleArguments
    /// How many digits the codes of the person's authenticators have; nil for somebody who has none
    /// or needs none, whose answer is a password and nothing else.
    let codeDigits: Result<[Int]?, Failure>

    private static let prompt: Text = "Password and verification code: "
    /// Fewer bytes than this has an answer.
    ///
    /// crypt(3) fails at once for a password of 512 bytes, and takes its time for a shorter one: how
    /// long a longer answer takes would tell whether a code was cut off.
    private static let limit = Int(PAM_MAX_RESP_SIZE)

    /// Takes an answer apart; the outcome is never a success.
    func run() throws(Failure) -> Outcome {
        if options.firstPass != .leave {
            let outcome = unsafe handle.withPassword { unsafe $0.map { unsafe split($0) } }
            if let outcome { return outcome }
            if options.firstPass == .use { return .refused(.notACode) }
        }
        return try Failure.wrapping(Failure.conversation) { () throws(PAMFailure) in
            try unsafe handle.ask(options.prompt ?? Self.prompt) { answer in
                unsafe answer.map { unsafe split($0) } ?? .refused(.notACode)
            }
        }
    }

    private func split(_ answer: UnsafeRawBufferPointer) -> Outcome {
        if answer.count >= Self.limit { return .refused(.notACode) }
        var codeLength = 0
        var doubt: Failure?
        switch codeDigits {
        case .success(let digits?):
            codeLength = unsafe CombinedAnswer.codeLength(atEndOf: answer, digits: digits)
        case .success(nil): break
        case .failure(let error): doubt = error
        }
        do throws(PAMFailure) {
            try unsafe handle.split(
                answer,
                of: user,
                passwordLength: answer.count - codeLength
            )
            try handle.noteStart(Clock.monotonicMilliseconds())
            return .split(doubt)
        } catch {
            return .failed(.conversation(error))
        }
    }
}
