internal import Store
internal import System
internal import Verification

/// One authentication's line in the log, always of the same shape.
///
///     accepted user=alice rhost=192.0.2.7 tty=ssh authenticator="phone"
///     refused user=alice rhost=192.0.2.7 tty=ssh reason="wrong code"
///
/// libpam puts the module, the service and the phase in front. A name that is no user's is left out:
/// people type passwords there. Nothing that was typed at the prompt is ever in it.
struct LogLine {
    let outcome: Outcome
    /// Empty until the name has turned out to be a user's.
    let user: Text
    let remoteHost: Text
    let terminal: Text

    var text: Text {
        let origin: Text = "rhost=\(remoteHost.escaped()) tty=\(terminal.escaped())"
        return "\(verb) user=\(user.escaped()) \(origin) \(detail)"
    }

    private var verb: Text {
        switch outcome {
        case .accepted: "accepted"
        case .exempt: "ignored"
        case .refused, .notEnrolled, .unknownUser, .userChanged: "refused"
        case .undecided, .directoryUnavailable, .badArguments, .badConfiguration,
            .noUserName, .conversationFailed:
            "failed"
        }
    }

    private var detail: Text {
        switch outcome {
        case .accepted(let acceptance): means(acceptance.means)
        case .refused(.replayed(let name?)):
            "\(authenticator(name)) \(reason(Refusal.replayed(authenticator: name).reason))"
        case .refused(let refusal): reason(refusal.reason)
        case .exempt: reason("not enrolled, allowed by nullok")
        case .notEnrolled: reason("not enrolled")
        case .unknownUser: reason("unknown user")
        case .userChanged: reason("the user was changed while being asked")
        case .undecided(let error): reason(error.description)
        case .directoryUnavailable(let error):
            reason("cannot look up the user: \(error.description)")
        case .badArguments(let error): reason(error.description)
        case .badConfiguration(let error): reason(error.description)
        case .noUserName(let failure): reason("no user name: PAM error \(failure.code)")
        case .conversationFailed: reason("conversation failed")
        }
    }

    private func means(_ means: Acceptance.Means) -> Text {
        switch means {
        case .authenticator(let name): authenticator(name)
        case .recoveryCode(let left): "recovery-codes-left=\(left)"
        }
    }

    private func authenticator(_ name: Text) -> Text {
        "authenticator=\"\(name.escaped())\""
    }

    private func reason(_ text: Text) -> Text { "reason=\"\(text)\"" }
}
