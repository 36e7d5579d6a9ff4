internal import CPAM
internal import System
internal import Verification

/// How an authentication ended.
enum Outcome {
    case accepted(Acceptance)
    case refused(Refusal)
    case exempt(Exemption)
    /// A line with `split_pass` has handed the password on, with the code still behind it if it
    /// could not find out how long that is.
    case split(Failure?)
    /// A line with `ask_pass` or `keep_pace` has done so.
    case prepared
    case notEnrolled
    case unknownUser
    /// The application has put somebody else in PAM_USER while it was asking.
    case userChanged
    case failed(Failure)

    /// The one place where an outcome becomes a return code of pam_sm_authenticate(3).
    var returnCode: CInt {
        switch self {
        case .accepted: PAM_SUCCESS
        // Never SUCCESS: a stack in which nobody proved anything must not let anybody in.
        case .exempt, .split, .prepared: PAM_IGNORE
        case .refused(.wrong), .refused(.replayed), .refused(.notACode): PAM_AUTH_ERR
        case .refused(.waiting), .refused(.stopped): PAM_MAXTRIES
        case .notEnrolled, .unknownUser, .userChanged: PAM_AUTH_ERR
        case .failed(let failure): failure.returnCode
        }
    }

    /// Whether a refusal is delayed, and another reply may be right: wherever somebody may have been
    /// guessing.
    var isGuess: Bool {
        switch self {
        case .refused, .notEnrolled, .unknownUser, .userChanged: true
        case .accepted, .exempt, .split, .prepared, .failed: false
        }
    }

    var priority: PAMHandle.Priority {
        switch self {
        case .accepted, .exempt, .refused, .notEnrolled, .unknownUser: .notice
        case .prepared: .debug
        case .userChanged: .warning
        case .split(let doubt): doubt == nil ? .debug : .error
        case .failed(let failure): failure.priority
        }
    }
}
