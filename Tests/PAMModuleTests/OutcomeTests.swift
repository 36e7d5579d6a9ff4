import Store
import System
import Testing
import Verification

@testable import PAMModule

/// An outcome and the return code that DESIGN.md gives it, by its number in Linux-PAM's
/// _pam_types.h.
struct ReturnCode: CustomTestStringConvertible {
    let name: String
    let outcome: @Sendable () -> Outcome
    let code: CInt

    var testDescription: String { name }

    init(_ name: String, _ outcome: @autoclosure @escaping @Sendable () -> Outcome, _ code: CInt) {
        self.name = name
        self.outcome = outcome
        self.code = code
    }

    private static let success: CInt = 0
    private static let serviceError: CInt = 3
    private static let authenticationError: CInt = 7
    private static let informationUnavailable: CInt = 9
    private static let maximumTries: CInt = 11
    private static let conversationError: CInt = 19
    private static let ignore: CInt = 25
    private static let again: CInt = 30
    private static let incomplete: CInt = 31

    private static let failure = SystemError(call: "open", code: 5)
    private static let acceptance = Acceptance(means: .recoveryCode(left: 3), wrongBefore: 0)

    static let all = [
        ReturnCode("accepted", .accepted(acceptance), success),
        ReturnCode("wrong", .refused(.wrong), authenticationError),
        ReturnCode("replayed", .refused(.replayed(authenticator: "a")), authenticationError),
        ReturnCode("used", .refused(.replayed(authenticator: nil)), authenticationError),
        ReturnCode("not a code", .refused(.notACode), authenticationError),
        ReturnCode("waiting", .refused(.waiting(seconds: 30)), maximumTries),
        ReturnCode("stopped", .refused(.stopped), maximumTries),
        ReturnCode("not enrolled", .notEnrolled, authenticationError),
        ReturnCode("unknown user", .unknownUser, authenticationError),
        ReturnCode("changed", .userChanged, authenticationError),
        ReturnCode("nullok", .exempt(.notEnrolled), ignore),
        ReturnCode("user", .exempt(.user), ignore),
        ReturnCode("network", .exempt(.network), ignore),
        ReturnCode("member", .exempt(.member(of: "g")), ignore),
        ReturnCode("no member", .exempt(.inNoGroup), ignore),
        ReturnCode("split", .split(nil), ignore),
        ReturnCode("split in doubt", .split(.undecided(.helper("none"))), ignore),
        ReturnCode("prepared", .prepared, ignore),
        ReturnCode(
            "store",
            .failed(.undecided(.store(.damagedState(path: "/s")))),
            informationUnavailable
        ),
        ReturnCode("helper", .failed(.undecided(.helper("none"))), informationUnavailable),
        ReturnCode("directory", .failed(.directoryUnavailable(failure)), informationUnavailable),
        ReturnCode("arguments", .failed(.badArguments(.unknownOption("x"))), serviceError),
        ReturnCode(
            "configuration",
            .failed(.badConfiguration(.setting(.notASetting(line: 1), path: "/c"))),
            serviceError
        ),
        ReturnCode("no name", .failed(.noUserName(PAMFailure(code: 10))), conversationError),
        ReturnCode("no name yet", .failed(.noUserName(PAMFailure(code: again))), incomplete),
        ReturnCode("no answer", .failed(.conversation(PAMFailure(code: 19))), conversationError),
        ReturnCode("no answer yet", .failed(.conversation(PAMFailure(code: again))), incomplete),
    ]
}

@Suite struct OutcomeTests {
    @Test(arguments: ReturnCode.all)
    func `every outcome has its return code`(expected: ReturnCode) {
        #expect(expected.outcome().returnCode == expected.code)
    }

    @Test func `nothing but an accepted code is a success`() {
        let successes = ReturnCode.all.filter { $0.outcome().returnCode == 0 }.map(\.name)
        #expect(successes == ["accepted"])
    }

    /// pam_fail_delay(3), as pam_unix does: wherever somebody may have guessed.
    @Test func `what may have been a guess is delayed`() {
        let delayed = ReturnCode.all.filter { $0.outcome().isGuess }.map(\.name)
        #expect(
            delayed == [
                "wrong", "replayed", "used", "not a code", "waiting", "stopped", "not enrolled",
                "unknown user", "changed",
            ]
        )
    }
}
