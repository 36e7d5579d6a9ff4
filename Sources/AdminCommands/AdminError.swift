internal import Store
internal import System
internal import Verification

/// A command that could not do what it was asked: one line for the administrator, and what the
/// process exits with.
struct AdminError: Error {
    /// The exit statuses of sysexits(3).
    enum Status: Int32, CaseIterable {
        case usage = 64
        case dataError = 65
        case noInput = 66
        case noUser = 67
        case unavailable = 69
        case cannotCreate = 73
        case inputOutput = 74
        case temporaryFailure = 75
        case noPermission = 77
        case configuration = 78

        /// When a command exits with it, in the words of `totp-admin --help`.
        var meaning: String {
            switch self {
            case .usage: "what was typed is no such command, or not allowed"
            case .dataError: "what was given, or is recorded, does not fit"
            case .noInput: "a file that was to be read cannot be"
            case .noUser: "no such user, or not enrolled"
            case .unavailable:
                "the store, the key, a record or the directory of users cannot be used"
            case .cannotCreate: "a file that was to be made cannot be"
            case .inputOutput: "what there is to say could not be written"
            case .temporaryFailure: "somebody else is at the record; try again"
            case .noPermission: "not root"
            case .configuration: "totp.conf makes no sense"
            }
        }
    }

    let status: Status
    let message: String

    init(_ status: Status, _ message: String) {
        self.status = status
        self.message = message
    }

    init(_ status: Status, _ error: SystemError) {
        self.init(status, "cannot \(error.description)")
    }

    init(_ error: StoreError) {
        self.init(
            error.isBusy ? .temporaryFailure : .unavailable,
            error.description.description
        )
    }

    init(_ error: ConfigurationError) {
        self.init(.configuration, error.description.description)
    }

    /// An authenticator of this name cannot be added, or another renamed to it.
    init(_ conflict: RecordConflict, of user: Text, adding name: Text) {
        switch conflict {
        case .nameTaken:
            self.init(
                .dataError,
                "'\(user)' already has an authenticator '\(name)'; choose another name"
            )
        case .secretTaken(let other):
            self.init(
                .dataError,
                "'\(name)' has the secret of '\(other)', which '\(user)' already has"
            )
        case .full:
            self.init(
                .dataError,
                "'\(user)' has \(Enrollment.maximumAuthenticators) authenticators, the most there can be"
            )
        }
    }

    /// What `body` finds in the system's directory of users.
    static func listing<Result>(
        _ body: () throws(SystemError) -> Result
    ) throws(AdminError) -> Result {
        do throws(SystemError) {
            return try body()
        } catch {
            throw AdminError(.unavailable, "cannot list the accounts: \(error.description)")
        }
    }

    /// Shows what came of a change; if that cannot be shown, the error says what to do.
    static func showing(orElse advice: String, _ show: () throws -> Void) throws {
        do {
            try show()
        } catch let error as AdminError {
            throw AdminError(error.status, "\(error.message); \(advice)")
        }
    }

    /// Everything there is to say has been said.
    static func saidAlready(_ status: Status) -> AdminError { AdminError(status, "") }

    static func noSuchUser(_ name: String) -> AdminError {
        AdminError(.noUser, "there is no user '\(name)'")
    }

    static func notEnrolled(_ name: Text) -> AdminError {
        AdminError(.noUser, "'\(name)' is not enrolled; see 'totp-admin enroll'")
    }

    static func noAuthenticator(named name: Text, of user: Text) -> AdminError {
        AdminError(.dataError, "'\(user)' has no authenticator '\(name)'")
    }
}
