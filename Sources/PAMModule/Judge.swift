internal import HelperProtocol
internal import Store
internal import System
internal import Verification

/// Why nobody could decide.
///
/// It denies.
enum JudgeError: Error {
    case store(StoreError)
    case helper(Text)

    var description: Text {
        switch self {
        case .store(let error): error.description
        case .helper(let problem): "totp-helper: \(problem)"
        }
    }
}

/// Who decides on a reply: this process, where it may open the store, else totp-helper.
///
/// The store is open only while it is being read: nobody knows how long a person takes to type.
struct Judge {
    private static let helper: Text = "/usr/libexec/pam-totp/totp-helper"
    /// Longer than the helper itself waits for a lock, in milliseconds.
    private static let patience: Int64 = 15_000

    private let configuration: Configuration
    /// The helper reads the system's configuration alone, and root needs none.
    private let mayAskHelper: Bool

    init(_ configuration: Configuration, isSystemConfiguration: Bool) {
        self.configuration = configuration
        mayAskHelper = isSystemConfiguration && !ProcessIsolation.isRoot
    }

    func isEnrolled(_ account: Account) throws(JudgeError) -> Bool {
        do throws(StoreError) {
            return try Store(configuration).isEnrolled(account.uid)
        } catch {
            guard mayAskHelper, error.isPermission else { throw .store(error) }
        }
        switch try ask(.isEnrolled(user: account.name)) {
        case .enrolled: return true
        case .notEnrolled: return false
        case .failed(let problem): throw .helper(problem)
        case .verdict: throw .helper("it answered another question")
        }
    }

    /// The verdict on a reply; nil if the person is not enrolled.
    func verify(
        _ reply: borrowing Reply,
        of account: Account
    ) throws(JudgeError) -> Verdict? {
        do throws(StoreError) {
            return try Store(configuration).verify(
                reply,
                of: account,
                under: configuration.policy,
                at: Clock.now,
                lookUp: Account.find(named:)
            )
        } catch {
            guard mayAskHelper, error.isPermission else { throw .store(error) }
        }
        switch try ask(.verify(reply, by: account.name)) {
        case .verdict(let verdict): return verdict
        case .notEnrolled: return nil
        case .failed(let problem): throw .helper(problem)
        case .enrolled: throw .helper("it answered another question")
        }
    }

    private func ask(_ request: consuming HelperRequest) throws(JudgeError) -> HelperAnswer {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try ChildProcess.ask(
                Self.helper,
                request.encode(),
                limit: HelperAnswer.maximumLength,
                patience: Self.patience
            )
        } catch {
            throw .helper(error.description)
        }
        guard let answer = HelperAnswer.decode(bytes) else { throw .helper("it gave no answer") }
        return answer
    }
}
