import Store
import System
import Testing
import Verification

@testable import PAMModule

@Suite struct LogLineTests {
    private let origin = "user=alice rhost=192.0.2.7 tty=ssh"

    @Test func `an accepted code is logged with its authenticator`() {
        let phone = Acceptance(means: .authenticator(name: "phone"), wrongBefore: 2)
        #expect(logLine(.accepted(phone)) == "accepted \(origin) authenticator=\"phone\"")
        let recovery = Acceptance(means: .recoveryCode(left: 4), wrongBefore: 0)
        #expect(logLine(.accepted(recovery)) == "accepted \(origin) recovery-codes-left=4")
    }

    @Test func `a refusal is logged with its reason`() {
        let replayed = Refusal.replayed(authenticator: "phone")
        #expect(logLine(.refused(.wrong)) == "refused \(origin) reason=\"wrong code\"")
        #expect(
            logLine(.refused(replayed))
                == "refused \(origin) authenticator=\"phone\" reason=\"code already used\""
        )
        #expect(
            logLine(.refused(.replayed(authenticator: nil)))
                == "refused \(origin) reason=\"recovery code already used\""
        )
        #expect(logLine(.refused(.notACode)) == "refused \(origin) reason=\"not a code\"")
        #expect(
            logLine(.refused(.waiting(seconds: 30)))
                == "refused \(origin) reason=\"too many wrong codes, 30 seconds to wait\""
        )
        #expect(
            logLine(.refused(.stopped))
                == "refused \(origin) "
                + "reason=\"stopped after too many wrong codes, see totp-admin unlock\""
        )
        #expect(logLine(.notEnrolled) == "refused \(origin) reason=\"not enrolled\"")
    }

    @Test func `nullok is logged as what let somebody pass`() {
        #expect(
            logLine(.exempt) == "ignored \(origin) reason=\"not enrolled, allowed by nullok\""
        )
    }

    @Test func `a failure is logged with its cause`() {
        let failure = SystemError(call: "getpwnam_r", code: 5)
        #expect(
            logLine(.undecided(.store(.damagedState(path: "/s/state"))))
                == "failed \(origin) "
                + "reason=\"'/s/state' is damaged; see 'totp-admin repair'\""
        )
        #expect(
            logLine(.undecided(.helper("it gave no answer")))
                == "failed \(origin) reason=\"totp-helper: it gave no answer\""
        )
        #expect(
            logLine(.directoryUnavailable(failure))
                == "failed \(origin) "
                + "reason=\"cannot look up the user: getpwnam_r: Input/output error\""
        )
        #expect(
            logLine(.badArguments(.unknownOption("nulok")))
                == "failed \(origin) reason=\"unknown option 'nulok'\""
        )
        #expect(
            logLine(.badConfiguration(.setting(.unknownKey(line: 3, key: "digit"), path: "/c")))
                == "failed \(origin) reason=\"cannot read '/c': line 3: unknown key 'digit'\""
        )
        #expect(
            logLine(.noUserName(PAMFailure(code: 19)))
                == "failed \(origin) reason=\"no user name: PAM error 19\""
        )
        #expect(
            logLine(.conversationFailed) == "failed \(origin) reason=\"conversation failed\""
        )
    }

    @Test func `a name that is nobody's is left out`() {
        #expect(
            logLine(.unknownUser, user: "")
                == "refused user= rhost=192.0.2.7 tty=ssh reason=\"unknown user\""
        )
    }

    @Test func `what somebody else chose cannot break the line`() {
        let evil: Text = "a\" user=root\n"
        let line = logLine(.refused(.wrong), user: evil, remoteHost: evil, terminal: evil)
        let escaped = "a\\x22\\x20user=root\\x0a"
        #expect(
            line == "refused user=\(escaped) rhost=\(escaped) tty=\(escaped) reason=\"wrong code\""
        )
    }

    @Test func `an authenticator's name cannot break the line`() {
        let acceptance = Acceptance(
            means: .authenticator(name: "my \"phone\" é"),
            wrongBefore: 0
        )
        #expect(
            logLine(.accepted(acceptance))
                == "accepted \(origin) authenticator=\"my\\x20\\x22phone\\x22\\x20\\xc3\\xa9\""
        )
    }

    @Test func `a long name is cut`() {
        let long = text(String(repeating: "x", count: 65))
        let cut = String(repeating: "x", count: 64) + "..."
        #expect(logLine(.refused(.wrong), user: long).hasPrefix("refused user=\(cut) rhost="))
    }

    @Test func `what is not known is left empty, and the shape stays`() {
        #expect(
            logLine(.refused(.wrong), remoteHost: "", terminal: "")
                == "refused user=alice rhost= tty= reason=\"wrong code\""
        )
    }
}
