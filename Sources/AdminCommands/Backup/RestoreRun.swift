internal import Backup
internal import Store
internal import System
internal import Verification

/// One run of `totp-admin restore`: the backup is read to its end before anything is written, then
/// again, a person at a time.
struct RestoreRun: ~Copyable {
    private var backup: BackupReader
    private let file: Text
    private let users: [Text]
    private let isRehearsal: Bool
    private let policy: Policy

    /// - Throws: `AdminError`, when `secret` does not open the backup.
    init(
        _ backup: consuming BackupFile,
        secret: consuming BackupSecret,
        users: [Text],
        isRehearsal: Bool,
        policy: Policy
    ) throws(AdminError) {
        file = backup.path
        do throws(BackupError) {
            self.backup = try BackupReader(backup, under: secret)
        } catch {
            throw AdminError(reading: error)
        }
        self.users = users
        self.isRehearsal = isRehearsal
        self.policy = policy
    }

    /// Opens what is to be restored, as far as that goes without its secret.
    static func open(_ path: Text) throws(AdminError) -> BackupFile {
        do throws(BackupError) {
            return try BackupFile(path)
        } catch {
            throw AdminError(reading: error)
        }
    }

    /// Says of each person what became of them; returns how many were refused.
    consuming func run(in store: borrowing Store) throws(AdminError) -> Int {
        // What was used up by then would pass for unused.
        guard Clock.now() >= backup.madeAt else {
            throw AdminError(
                .unavailable,
                "the clock is behind the time at which '\(file)' was made; set it first"
            )
        }
        try check()
        var refused = 0
        while let saved = try next() {
            guard isWanted(saved) else { continue }
            do throws(AdminError) {
                try Console.output.write(try restore(saved, in: store))
            } catch {
                guard error.status != .inputOutput else { throw error }
                let name = saved.enrollment.name.escaped()
                try Console.error.writeLine("totp-admin: \(name): not restored: \(error.message)")
                refused += 1
            }
        }
        return refused
    }

    /// Makes sure that the backup is whole, and has everybody who is to be restored.
    private mutating func check() throws(AdminError) {
        var missing = users
        while let saved = try next() { missing.removeAll { $0 == saved.enrollment.name } }
        if let name = missing.first {
            throw AdminError(.noUser, "'\(name)' is not in '\(file)'; nothing was restored")
        }
        backup.rewind()
    }

    private mutating func next() throws(AdminError) -> SavedRecord? {
        do throws(BackupError) {
            return try backup.next()
        } catch {
            throw AdminError(reading: error)
        }
    }

    private func isWanted(_ saved: SavedRecord) -> Bool {
        users.isEmpty || users.contains(saved.enrollment.name)
    }

    private func restore(
        _ saved: SavedRecord,
        in store: borrowing Store
    ) throws(AdminError) -> String {
        let account = try account(of: saved.enrollment)
        let restoration: Restoration
        do throws(StoreError) {
            restoration = try store.restore(
                saved.enrollment,
                saved.state,
                of: account,
                isRehearsal: isRehearsal,
                at: Clock.now,
                under: policy,
                lookUp: Account.find(named:)
            )
        } catch {
            throw AdminError(error)
        }
        let outcome =
            switch (restoration.isChange, isRehearsal) {
            case (false, _): "nothing to restore"
            case (true, false): "restored"
            case (true, true): "would be restored"
            }
        let lines = ["\(account.name): \(outcome)"] + restoration.notes.map { "  \($0)" }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The account that the record was made for, by its name and its uid.
    private func account(of enrollment: Enrollment) throws(AdminError) -> Account {
        let name = enrollment.name
        let found: Account?
        do throws(SystemError) {
            found = try Account.find(named: name)
        } catch {
            throw AdminError(.unavailable, "cannot look up the name: \(error.description)")
        }
        guard let found else {
            throw AdminError(.noUser, "there is no such user (it was uid \(enrollment.uid))")
        }
        guard found.uid == enrollment.uid else {
            throw AdminError(
                .dataError,
                "the name has uid \(found.uid) now, and had \(enrollment.uid)"
            )
        }
        return found
    }
}
