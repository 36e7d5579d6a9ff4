internal import Store
internal import System
internal import Verification

/// The store as the commands use it: its failures are one line for the administrator.
extension Store {
    borrowing func readRecord(of uid: UserID) throws(AdminError) -> Record? {
        do throws(StoreError) {
            return try record(of: uid)
        } catch {
            throw AdminError(error)
        }
    }

    /// Changes a user's record.
    borrowing func changeRecord<Result>(
        of account: Account,
        creating: Bool = false,
        lookUp: (Text) throws(SystemError) -> Account? = Account.find(named:),
        _ body: (inout Record) throws(AdminError) -> Result
    ) throws(AdminError) -> Result {
        if creating { try account.checkName() }
        do throws(ChangeError<AdminError>) {
            return try change(
                recordOf: account,
                creating: creating,
                lookUp: lookUp,
                body
            )
        } catch {
            switch error {
            case .notEnrolled: throw AdminError.notEnrolled(account.name)
            case .store(let error): throw AdminError(error)
            case .reason(let error): throw error
            }
        }
    }

    borrowing func allUIDs() throws(AdminError) -> [UserID] {
        do throws(StoreError) {
            return try uids()
        } catch {
            throw AdminError(error)
        }
    }

    borrowing func removeRecord(of uid: UserID) throws(AdminError) -> Bool {
        do throws(StoreError) {
            return try remove(recordOf: uid)
        } catch {
            throw AdminError(error)
        }
    }
}

extension Authenticator {
    static let nameRule =
        "an authenticator's name has 1 to 64 bytes, no blanks at its ends, no control characters"

    /// Throws if `name` cannot be an authenticator's.
    static func checkName(_ name: Text) throws(AdminError) {
        if !isValidName(name) { throw AdminError(.usage, nameRule) }
    }
}

extension Account {
    /// Throws if no record can be written for an account of this name.
    func checkName() throws(AdminError) {
        guard Enrollment.isValidUserName(name) else {
            throw AdminError(
                .dataError,
                "no record can be written for '\(name.escaped())': the name holds a control character"
            )
        }
    }
}
