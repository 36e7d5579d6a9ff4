internal import Backup
internal import Store
internal import System

/// What a backup came to.
struct BackupOutcome {
    var people = 0
    /// Why the records of others are not in it.
    var problems: [StoreError] = []
}

extension Store {
    /// Writes everybody's record to a new file at `path`, one at a time.
    ///
    /// - Throws: `AdminError`; there is no file then.
    borrowing func backUp(
        to path: Text,
        under secret: borrowing BackupSecret,
        at now: Int64
    ) throws(AdminError) -> BackupOutcome {
        do throws(BackupError) {
            return try BackupWriter.write(path, under: secret, at: now) {
                (writer) throws(BackupError) in try copyRecords(to: &writer)
            }
        } catch {
            throw AdminError(writing: error)
        }
    }

    /// Throws if there is something already where a backup is to be written.
    borrowing func checkRoom(forBackup path: Text) throws(AdminError) {
        do throws(BackupError) {
            try BackupWriter.checkNew(path)
        } catch {
            throw AdminError(writing: error)
        }
    }

    private borrowing func copyRecords(
        to writer: inout BackupWriter
    ) throws(BackupError) -> BackupOutcome {
        var outcome = BackupOutcome()
        let uids: [UserID]
        do throws(StoreError) {
            uids = try self.uids()
        } catch {
            throw .store(error)
        }
        for uid in uids {
            let record: Record?
            do throws(StoreError) {
                record = try self.record(of: uid)
            } catch {
                // One damaged record must not keep the others out.
                outcome.problems.append(error)
                continue
            }
            guard let record else { continue }
            try writer.add(SavedRecord(enrollment: record.enrollment, state: record.state))
            outcome.people += 1
        }
        return outcome
    }
}

extension AdminError {
    /// Why a backup was not written.
    init(writing error: BackupError) {
        let status: Status =
            if case .store = error { .unavailable } else { .cannotCreate }
        self.init(status, error.description.description)
    }

    /// Why a backup that is there is of no use.
    init(reading error: BackupError) {
        let status: Status =
            switch error {
            case .needsPassphrase, .needsKeyFile: .usage
            case .notABackup, .cannotOpen, .damaged: .dataError
            case .store: .unavailable
            case .file, .system, .alreadyThere, .unfinished: .noInput
            }
        self.init(status, error.description.description)
    }

    /// Why a file that was named is not read.
    init(reading error: FileError) {
        let status: Status =
            switch error {
            case .distrusted(.sizeIsNot, _), .distrusted(.tooLarge, _): .dataError
            default: .noInput
            }
        self.init(status, error.description.description)
    }
}
