internal import CPAM
internal import Store
internal import System

/// Why there is no answer.
///
/// It denies.
enum Failure: Error {
    case badArguments(ModuleArgumentError)
    case badConfiguration(ConfigurationError)
    case noUserName(PAMFailure)
    case directoryUnavailable(SystemError)
    case conversation(PAMFailure)
    case undecided(JudgeError)

    var returnCode: CInt {
        switch self {
        case .badArguments, .badConfiguration: PAM_SERVICE_ERR
        // An application that cannot wait will ask again.
        case .noUserName(let failure), .conversation(let failure):
            failure.isNotYet ? PAM_INCOMPLETE : PAM_CONV_ERR
        case .directoryUnavailable, .undecided: PAM_AUTHINFO_UNAVAIL
        }
    }

    var priority: PAMHandle.Priority {
        switch self {
        case .noUserName(let failure), .conversation(let failure):
            failure.isNotYet ? .debug : .notice
        case .badArguments, .badConfiguration, .directoryUnavailable, .undecided: .error
        }
    }

    /// For an administrator.
    var description: Text {
        switch self {
        case .badArguments(let error): error.description
        case .badConfiguration(let error): error.description
        case .noUserName(let failure): "no user name: PAM error \(failure.code)"
        case .directoryUnavailable(let error): "cannot look up the user: \(error.description)"
        case .conversation(let failure): "conversation failed: PAM error \(failure.code)"
        case .undecided(let error): error.description
        }
    }

    /// The result of `body`, whose error is a failure of this kind.
    static func wrapping<Result: ~Copyable, Cause: Error>(
        _ kind: (Cause) -> Failure,
        _ body: () throws(Cause) -> Result
    ) throws(Failure) -> Result {
        do throws(Cause) {
            return try body()
        } catch {
            throw kind(error)
        }
    }
}
