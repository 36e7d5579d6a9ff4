internal import Store
internal import System

/// The store as the commands use it: its failures are one line for the administrator.
extension Store {
    borrowing func readRecord(of uid: UserID) throws(AdminError) -> Record? {
        do throws(StoreError) {
            return try record(of: uid)
        } catch {
            throw AdminError(error)
        }
    }

    /// Changes a user's record; nil if they have none and none is to be created.
    borrowing func changeRecord<Result>(
        of account: Account,
        creating: Bool = false,
        _ body: (inout Record) throws(AdminError) -> Result
    ) throws(AdminError) -> Result? {
        do throws(ChangeError<AdminError>) {
            return try change(
                recordOf: account,
                creating: creating,
                lookUp: Account.find(named:),
                body
            )
        } catch {
            switch error {
            case .store(let error): throw AdminError(error)
            case .reason(let error): throw error
            }
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
