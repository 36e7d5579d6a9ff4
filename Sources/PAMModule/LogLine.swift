internal import System
internal import Verification

/// One answer's line in the log, always of the same shape, what is not known left empty.
///
///     accepted user=alice rhost=192.0.2.7 service=sshd tty=ssh authenticator="phone" reason="code"
///     refused user=alice rhost=192.0.2.7 service=sshd tty=ssh authenticator="" reason="wrong code"
///
/// libpam puts the module, the service and the phase in front. A name that is no user's is left out:
/// people type passwords there. Nothing that was typed at the prompt is ever in it.
struct LogLine {
    let outcome: Outcome
    /// Empty until the name has turned out to be a user's.
    let user: Text
    let remoteHost: Text
    let service: Text
    let terminal: Text
    /// Whether this host's clock is not kept right, which may be why codes are wrong.
    let isClockOff: Bool

    var text: Text {
        let who: Text = "user=\(user.escaped()) rhost=\(remoteHost.escaped())"
        let origin: Text = "\(who) service=\(service.escaped()) tty=\(terminal.escaped())"
        let name = authenticator.escaped()
        let hint: Text = isClockOff ? ", and this host's clock is not synchronised" : ""
        return "\(verb) \(origin) authenticator=\"\(name)\" reason=\"\(reason)\(hint)\""
    }

    private var verb: Text {
        switch outcome {
        case .accepted: "accepted"
        case .exempt, .split(nil), .prepared: "ignored"
        case .refused, .notEnrolled, .unknownUser, .userChanged: "refused"
        case .failed, .split: "failed"
        }
    }

    private var authenticator: Text {
        switch outcome {
        case .accepted(let acceptance):
            if case .authenticator(let name) = acceptance.means { name } else { "" }
        case .refused(.replayed(let name?)): name
        case .refused, .exempt, .split, .prepared, .notEnrolled, .unknownUser, .userChanged,
            .failed:
            ""
        }
    }

    private var reason: Text {
        switch outcome {
        case .accepted(let acceptance):
            switch acceptance.means {
            case .authenticator: "code"
            case .recoveryCode(let left): "recovery code, \(left) left"
            }
        case .refused(let refusal): refusal.reason
        case .exempt(let exemption): exemption.description
        case .split(nil): "password and code taken apart"
        case .split(let doubt?): doubt.description
        case .prepared: "nothing to verify yet"
        case .notEnrolled: "not enrolled"
        case .unknownUser: "unknown user"
        case .userChanged: "the user was changed while being asked"
        case .failed(let failure): failure.description
        }
    }
}
