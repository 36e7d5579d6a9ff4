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
        try answer(.isEnrolled(user: account.name)) { (store) throws(StoreError) in
            try store.isEnrolled(account.uid)
        } reading: { answer in
            switch answer {
            case .enrolled: true
            case .notEnrolled: false
            default: nil
            }
        }
    }

    /// How many digits the codes of each of the person's authenticators have; nil if they are not
    /// enrolled.
    func codeDigits(of account: Account) throws(JudgeError) -> [Int]? {
        try answer(.codeDigits(of: account.name)) { (store) throws(StoreError) in
            try store.codeDigits(of: account.uid)
        } reading: { answer in
            switch answer {
            case .codeDigits(let digits): .some(digits)
            case .notEnrolled: .some(nil)
            default: nil
            }
        }
    }

    /// The verdict on a reply; nil if the person is not enrolled.
    func verify(
        _ reply: borrowing Reply,
        of account: Account,
        tellingOwner: Bool
    ) throws(JudgeError) -> Verdict? {
        try answer(
            .verify(reply, by: account.name, tellingOwner: tellingOwner)
        ) { (store) throws(StoreError) in
            try store.verify(
                reply,
                of: account,
                under: configuration.policy,
                tellingOwner: tellingOwner,
                at: Clock.now,
                lookUp: Account.find(named:)
            )
        } reading: { answer in
            switch answer {
            case .verdict(let verdict): .some(verdict)
            case .notEnrolled: .some(nil)
            default: nil
            }
        }
    }

    /// What the store says, or where it is out of reach what totp-helper says to `request`.
    private func answer<Answer>(
        _ request: @autoclosure () -> HelperRequest,
        _ body: (borrowing Store) throws(StoreError) -> Answer,
        reading read: (HelperAnswer) -> Answer?
    ) throws(JudgeError) -> Answer {
        do throws(StoreError) {
            return try body(Store(configuration))
        } catch {
            guard mayAskHelper, error.isPermission else { throw .store(error) }
        }
        let answer = try ask(request())
        if case .failed(let problem) = answer { throw .helper(problem) }
        guard let answer = read(answer) else { throw .helper("it answered another question") }
        return answer
    }

    @inline(never)
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
