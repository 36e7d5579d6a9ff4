internal import System

/// The lock that logins and totp-admin take on a person's record.
extension Store {
    /// How long one waits for another, in milliseconds.
    private static let patience: Int64 = 5000

    /// Runs `body` with the person's folder, locked, in a critical section; nil if there is none.
    ///
    /// While another process has the lock this one sleeps outside the section, and gives up with
    /// `StoreError.busy` when its patience ends.
    ///
    /// If somebody without a folder is to get one (`creating`), it is made, again should a removal
    /// come in between.
    func withRecord<Result>(
        of uid: UserID,
        creating: Bool = false,
        _ body: (borrowing FileDescriptor) throws(StoreError) -> Result
    ) throws(StoreError) -> Result? {
        let start = Clock.monotonicMilliseconds()
        var pause: Int64 = 1
        while true {
            if creating { try makeFolder(of: uid) }
            let attempt = try CriticalSection.run { () throws(StoreError) in
                try attemptRecord(of: uid, body)
            }
            switch attempt {
            case .done(let result): return result
            case .absent where !creating: return nil
            case .absent:
                if Clock.monotonicMilliseconds() &- start >= Self.patience {
                    throw .busy(path: recordPath(of: uid), holder: nil)
                }
            case .locked(let inode):
                if Clock.monotonicMilliseconds() &- start >= Self.patience {
                    throw .busy(path: recordPath(of: uid), holder: LockHolder.find(inode: inode))
                }
            }
            Clock.sleep(milliseconds: pause)
            pause = min(pause * 2, 16)
        }
    }

    private enum Attempt<Result> {
        case done(Result)
        case absent
        case locked(inode: UInt64)
    }

    private func attemptRecord<Result>(
        of uid: UserID,
        _ body: (borrowing FileDescriptor) throws(StoreError) -> Result
    ) throws(StoreError) -> Attempt<Result> {
        let record: FileDescriptor
        do throws(FileError) {
            record = try openRecord(of: uid)
        } catch {
            if error.isNotFound { return .absent }
            throw .file(error)
        }
        return try attempt(in: record, of: uid, body)
    }

    private func attempt<Result>(
        in record: borrowing FileDescriptor,
        of uid: UserID,
        _ body: (borrowing FileDescriptor) throws(StoreError) -> Result
    ) throws(StoreError) -> Attempt<Result> {
        // Not left to its close: a child that another thread of the host has forked meanwhile has
        // the descriptor too, for as long as it lives.
        defer { record.unlock() }
        do throws(SystemError) {
            let isOurs = try record.tryLock()
            let status = try record.status()
            // A folder that was removed while we waited for it is nobody's: look again.
            if !isOurs || status.links == 0 { return .locked(inode: status.inode) }
        } catch {
            throw .file(.system(error, path: recordPath(of: uid)))
        }
        return .done(try body(record))
    }
}
