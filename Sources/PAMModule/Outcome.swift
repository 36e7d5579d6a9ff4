internal import CPAM
internal import Store
internal import System
internal import Verification

/// How an authentication ended.
enum Outcome {
    case accepted(Acceptance)
    case refused(Refusal)
    /// Not enrolled, and the line says `nullok`.
    case exempt
    case notEnrolled
    case unknownUser
    case undecided(JudgeError)
    case directoryUnavailable(SystemError)
    case badArguments(ModuleArgumentError)
    case badConfiguration(ConfigurationError)
    case noUserName(PAMFailure)
    case conversationFailed
    /// The application has put somebody else in PAM_USER while it was asking.
    case userChanged

    /// The one place where an outcome becomes a return code of pam_sm_authenticate(3).
    var returnCode: CInt {
        switch self {
        case .accepted: PAM_SUCCESS
        // Never SUCCESS: a stack in which nobody proved anything must not let anybody in.
        case .exempt: PAM_IGNORE
        case .refused(.wrong), .refused(.replayed), .refused(.notACode): PAM_AUTH_ERR
        case .refused(.waiting), .refused(.stopped): PAM_MAXTRIES
        case .notEnrolled, .unknownUser, .userChanged: PAM_AUTH_ERR
        case .undecided, .directoryUnavailable: PAM_AUTHINFO_UNAVAIL
        case .badArguments, .badConfiguration: PAM_SERVICE_ERR
        case .noUserName, .conversationFailed: PAM_CONV_ERR
        }
    }

    /// Whether a refusal is delayed: wherever somebody may have been guessing.
    var isGuess: Bool {
        switch self {
        case .refused, .notEnrolled, .unknownUser, .userChanged: true
        case .accepted, .exempt, .undecided, .directoryUnavailable, .badArguments,
            .badConfiguration, .noUserName, .conversationFailed:
            false
        }
    }

    var priority: PAMHandle.Priority {
        switch self {
        case .accepted, .exempt, .refused, .notEnrolled, .unknownUser, .conversationFailed: .notice
        case .noUserName, .userChanged: .warning
        case .undecided, .directoryUnavailable, .badArguments, .badConfiguration: .error
        }
    }
}
