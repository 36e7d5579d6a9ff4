import Store
import System
import Testing
import Verification

@testable import PAMModule

/// The shape that filters and dashboards rely on; pam/fail2ban has one of them.
@Suite struct LogLineTests {
    private let origin = "user=alice rhost=192.0.2.7 service=sshd tty=ssh"

    private func accepted(_ means: Acceptance.Means) -> Outcome {
        .accepted(Acceptance(means: means, wrongBefore: 2))
    }

    @Test func `an accepted code is logged with its authenticator`() {
        #expect(
            logLine(accepted(.authenticator(name: "phone")))
                == #"accepted \#(origin) authenticator="phone" reason="code""#
        )
        #expect(
            logLine(accepted(.recoveryCode(left: 4)))
                == #"accepted \#(origin) authenticator="" reason="recovery code, 4 left""#
        )
    }

    @Test func `a code that was used is logged with its authenticator`() {
        #expect(
            logLine(.refused(.replayed(authenticator: "phone")))
                == #"refused \#(origin) authenticator="phone" reason="code already used""#
        )
    }

    @Test(
        arguments: [
            ("wrong code", Outcome.refused(.wrong)),
            ("recovery code already used", .refused(.replayed(authenticator: nil))),
            ("not a code", .refused(.notACode)),
            ("too many wrong codes, 30 seconds to wait", .refused(.waiting(seconds: 30))),
            ("stopped after too many wrong codes, see totp-admin unlock", .refused(.stopped)),
            ("not enrolled", .notEnrolled), ("unknown user", .unknownUser),
            ("the user was changed while being asked", .userChanged),
        ] as [Row]
    )
    func `a refusal is logged with its reason`(reason: String, outcome: Outcome) {
        #expect(
            logLine(outcome) == #"refused \#(origin) authenticator="" reason="\#(reason)""#
        )
    }

    @Test(
        arguments: [
            ("not enrolled, allowed by nullok", Outcome.exempt(.notEnrolled)),
            ("exempt by except_users", .exempt(.user)),
            ("exempt by except_networks", .exempt(.network)),
            (
                "exempt by except_groups, as a member of 'robots'",
                .exempt(.member(of: "robots"))
            ),
            ("exempt by only_groups, as a member of none", .exempt(.inNoGroup)),
            ("password and code taken apart", .split(nil)),
            ("nothing to verify yet", .prepared),
        ] as [Row]
    )
    func `what lets somebody pass is logged`(reason: String, outcome: Outcome) {
        #expect(
            logLine(outcome) == #"ignored \#(origin) authenticator="" reason="\#(reason)""#
        )
    }

    private static let failure = SystemError(call: "getpwnam_r", code: 5)

    @Test(
        arguments: [
            (
                "'/s/state' is damaged; see 'totp-admin repair'",
                Failure.undecided(.store(.damagedState(path: "/s/state")))
            ),
            ("totp-helper: it gave no answer", .undecided(.helper("it gave no answer"))),
            (
                "cannot look up the user: getpwnam_r: Input/output error",
                .directoryUnavailable(failure)
            ),
            ("unknown option 'nulok'", .badArguments(.unknownOption("nulok"))),
            (
                "cannot read '/c': line 3: unknown key 'digit'",
                .badConfiguration(.setting(.unknownKey(line: 3, key: "digit"), path: "/c"))
            ),
            ("no user name: PAM error 19", .noUserName(PAMFailure(code: 19))),
            ("conversation failed: PAM error 19", .conversation(PAMFailure(code: 19))),
        ] as [(String, Failure)]
    )
    func `a failure is logged with its cause`(cause: String, failure: Failure) {
        #expect(
            logLine(.failed(failure))
                == #"failed \#(origin) authenticator="" reason="\#(cause)""#
        )
    }

    @Test func `a clock that nobody keeps right is named beside a refusal`() {
        #expect(
            logLine(.refused(.wrong), isClockOff: true).hasSuffix(
                #"reason="wrong code, and this host's clock is not synchronised""#
            )
        )
    }

    @Test func `what somebody else chose cannot break the line`() {
        let evil: Text = "a\" user=root\n"
        let line = logLine(
            accepted(.authenticator(name: evil)),
            user: evil,
            remoteHost: evil,
            service: evil,
            terminal: evil
        )
        let cut = "a\\x22\\x20user=root\\x0a"
        #expect(
            line
                == #"accepted user=\#(cut) rhost=\#(cut) service=\#(cut) tty=\#(cut) authenticator="\#(cut)" reason="code""#
        )
    }

    @Test func `a long name is cut`() {
        let long = text(String(repeating: "x", count: 65))
        let cut = String(repeating: "x", count: 64) + "..."
        #expect(logLine(.refused(.wrong), user: long).hasPrefix("refused user=\(cut) rhost="))
    }

    @Test func `what is not known is left empty, and the shape stays`() {
        #expect(
            logLine(.unknownUser, user: "", remoteHost: "", service: "", terminal: "")
                == #"refused user= rhost= service= tty= authenticator="" reason="unknown user""#
        )
    }

    private typealias Row = (String, Outcome)
}
