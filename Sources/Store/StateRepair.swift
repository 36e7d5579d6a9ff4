package import System
package import Verification

extension Store {
    /// Rebuilds the state of a person whose own cannot be believed.
    ///
    /// - Parameters:
    ///   - account: whose.
    ///   - now: seconds since 1970, read after the lock is held.
    ///   - policy: what the administrator has set.
    /// - Returns: what was lost; empty if the state was whole and was left alone; nil if the person
    ///   is not enrolled.
    /// - Throws: `StoreError`, also for an enrollment that cannot be read.
    package func repair(
        stateOf account: Account,
        at now: () -> Int64,
        under policy: Policy
    ) throws(StoreError) -> [Text]? {
        let uid = account.uid
        return try withRecord(of: uid) { (folder) throws(StoreError) -> [Text]? in
            guard let enrollment = try enrollment(in: folder, of: uid) else { return nil }
            do throws(StoreError) {
                _ = try stateFile(in: folder, of: uid)
                return []
            } catch {
                switch error {
                case .missingState, .damagedState: break
                default: throw error
                }
            }
            let rebuilding = Rebuilding(
                of: enrollment,
                from: salvage(in: folder, of: uid),
                at: now(),
                under: policy
            )
            try writeNew(rebuilding.state, of: uid, in: folder)
            return rebuilding.losses
        }.flatMap { $0 }
    }

    /// The last state that can be read, believed or not; nil if there is none.
    private func salvage(in folder: borrowing FileDescriptor, of uid: UserID) -> LoginState? {
        do throws(FileError) {
            let bytes = try TrustedFile.read(
                StateFile.name,
                in: folder,
                path: recordPath(of: uid),
                limit: StateSlots.fileSize,
                trust: .privateToGroup(owner)
            )
            return StateSlots.newestWhole(bytes, uid: uid)
        } catch {
            return nil
        }
    }
}
