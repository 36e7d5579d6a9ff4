internal import OTP
internal import Store
internal import System
internal import Verification

/// Enrolls everybody who is in a batch and not enrolled.
///
/// It goes on in groups, and may be killed at any moment: a user is enrolled only once their file is
/// on the disk (see `Staging`), and one who is enrolled and has that file was done by an earlier
/// run. A file whose user did not come to be enrolled is replaced by the next run.
final class BatchEnrollment {
    /// What a batch does for everybody.
    struct Manner {
        let issuer: Text
        let makesRecoveryCodes: Bool
        let writesJSON: Bool
    }

    struct Count {
        var enrolled = 0
        var doneEarlier = 0
        var refused = 0

        var summary: String {
            let earlier = doneEarlier > 0 ? ", \(doneEarlier) done by an earlier run" : ""
            return "\(enrolled) enrolled\(earlier), \(refused) refused"
        }
    }

    /// Users to a sync; their recovery codes take half a second or so.
    private static let groupSize = 256

    private let store: Store
    private let staging: Staging
    private let folder: BatchFolder
    private let manner: Manner
    private var progress: BatchProgress
    private var seen: Set<UserID> = []
    private(set) var count = Count()

    init(
        store: consuming Store,
        folder: consuming BatchFolder,
        manner: Manner,
        progress: BatchProgress
    ) throws(AdminError) {
        do throws(StoreError) {
            staging = try Staging(in: store)
        } catch {
            throw error.isBusy
                ? AdminError(.temporaryFailure, "another batch is going on: \(error.description)")
                : AdminError(error)
        }
        self.store = store
        self.folder = folder
        self.manner = manner
        self.progress = progress
    }

    func run(_ input: inout BatchInput, at now: () -> Int64) throws(AdminError) {
        defer { progress.end() }
        do throws(AdminError) {
            while case let lines = try input.next(Self.groupSize), !lines.isEmpty {
                try enroll(findNew(lines), at: now())
                progress.show(count, bytesRead: input.lines.bytesRead)
            }
            // An earlier run may have been killed before its last sync.
            if count.doneEarlier > 0 { try synchronize() }
        } catch {
            throw AdminError(
                error.status,
                "\(error.message); \(count.enrolled) were enrolled; run it again for the rest"
            )
        }
    }

    /// Those of the lines who are not enrolled, each looked up once, all at the same time.
    private func findNew(_ lines: [BatchInput.Line]) -> [Newcomer] {
        let findings = Parallel.map(lines) { line -> Result<Newcomer.Finding, BatchRefusal> in
            Result { () throws(BatchRefusal) in
                try Newcomer.find(line.request.get(), in: store, folder)
            }
        }
        var new: [Newcomer] = []
        for (line, finding) in zip(lines, findings) {
            do throws(BatchRefusal) {
                switch try finding.get() {
                case .new(let newcomer):
                    try notice(newcomer.account.uid)
                    new.append(newcomer)
                case .doneEarlier(let uid):
                    try notice(uid)
                    count.doneEarlier += 1
                }
            } catch {
                refuse(line.number, error.reason)
            }
        }
        return new
    }

    private func notice(_ uid: UserID) throws(BatchRefusal) {
        if !seen.insert(uid).inserted { throw BatchRefusal("this user is on an earlier line too") }
    }

    /// Enrolls a group: everything is written, synced, brought to life, and synced again.
    private func enroll(_ group: [Newcomer], at now: Int64) throws(AdminError) {
        if group.isEmpty { return }
        let outcomes = Parallel.map(group) { newcomer in
            Result { () throws(AdminError) in
                try newcomer.write(to: folder, staging, in: store, manner, at: now)
            }
        }
        do throws(AdminError) {
            for outcome in outcomes { try outcome.get() }
            try synchronize()
        } catch {
            // None of them is enrolled yet.
            for newcomer in group { folder.remove(newcomer.file) }
            throw error
        }
        let published = group.count(where: publish)
        try synchronize()
        count.enrolled += published
    }

    /// Puts on the disk what has been written so far.
    private func synchronize() throws(AdminError) {
        do throws(SystemError) {
            try folder.synchronize()
        } catch {
            throw AdminError(.cannotCreate, error)
        }
        do throws(StoreError) {
            try store.synchronize()
        } catch {
            throw AdminError(error)
        }
    }

    /// Whether somebody's record has come to life; else they are refused.
    private func publish(_ newcomer: Newcomer) -> Bool {
        let reason: String
        do throws(StoreError) {
            if try store.publish(newcomer.account.uid, from: staging) { return true }
            reason = "the user was enrolled meanwhile"
        } catch {
            reason = error.description.description
        }
        folder.remove(newcomer.file)
        refuse(newcomer.request.line, reason)
        return false
    }

    private func refuse(_ line: Int, _ reason: String) {
        count.refused += 1
        progress.note("totp-admin: line \(line): \(reason)")
    }
}
