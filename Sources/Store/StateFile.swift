internal import System
internal import Verification

/// A person's state on the disk, read and written under the lock on their folder.
struct StateFile: ~Copyable {
    static let name: Text = "state"

    private let file: FileDescriptor
    private let path: Text
    private let uid: UserID
    private var slots: StateSlots

    var state: LoginState { slots.newest.state }

    /// Opens the state in a person's folder, reads it, and makes sure that it is on the disk.
    static func open(
        in folder: borrowing FileDescriptor,
        path: Text,
        uid: UserID,
        owner: UserID
    ) throws(StoreError) -> StateFile {
        let file = try openTrusted(in: folder, path: path, .readWrite, owner: owner)
        let (slots, bytes) = try slots(in: file, path: path, uid: uid)
        let state = StateFile(file: file, path: path, uid: uid, slots: slots)
        if !slots.isDurable { try state.settle(bytes) }
        return state
    }

    /// The state in a person's folder, for those who only look at it: nothing is written, though it
    /// may not be on the disk yet.
    static func read(
        in folder: borrowing FileDescriptor,
        path: Text,
        uid: UserID,
        owner: UserID
    ) throws(StoreError) -> LoginState {
        let file = try openTrusted(in: folder, path: path, .read, owner: owner)
        return try slots(in: file, path: path, uid: uid).slots.newest.state
    }

    private static func slots(
        in file: borrowing FileDescriptor,
        path: Text,
        uid: UserID
    ) throws(StoreError) -> (slots: StateSlots, bytes: [UInt8]) {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try file.read(count: StateSlots.fileSize, at: 0)
        } catch {
            throw .file(.system(error, path: path))
        }
        guard let slots = StateSlots(bytes, uid: uid) else { throw .damagedState(path: path) }
        return (slots, bytes)
    }

    private init(
        file: consuming FileDescriptor,
        path: Text,
        uid: UserID,
        slots: StateSlots
    ) {
        self.file = file
        self.path = path
        self.uid = uid
        self.slots = slots
    }

    private static func openTrusted(
        in folder: borrowing FileDescriptor,
        path: Text,
        _ access: FileDescriptor.Access,
        owner: UserID
    ) throws(StoreError) -> FileDescriptor {
        do throws(FileError) {
            return try TrustedFile.open(
                name,
                in: folder,
                path: path,
                access,
                trust: .privateToGroup(owner),
                size: StateSlots.fileSize
            )
        } catch {
            if error.isNotFound { throw .missingState(path: path) }
            if case .distrusted(.sizeIsNot, _) = error { throw .damagedState(path: path) }
            throw .file(error)
        }
    }

    /// Puts the newest slot on the disk before anything may be written over the other one.
    ///
    /// It is written again first: after an fdatasync that failed, Linux holds the page for clean,
    /// and a second fdatasync would succeed without having written it.
    private func settle(_ bytes: [UInt8]) throws(StoreError) {
        let start = slots.place.offset
        try writeDurably(Array(bytes[start..<start + StateSlot.size]), to: slots.place)
        mark(slots.newest.generation, in: slots.place.other)
    }

    /// Returns once `state` is on the disk, in the older slot.
    mutating func replace(with state: LoginState) throws(StoreError) {
        let slot = StateSlot(generation: slots.newest.generation + 1, state: state)
        let place = slots.place.other
        try writeDurably(slot.encode(uid: uid), to: place)
        mark(slot.generation, in: slots.place)
        slots = StateSlots(settled: slot, at: place)
    }

    private func writeDurably(
        _ bytes: [UInt8],
        to place: StateSlots.Place
    ) throws(StoreError) {
        try StoreError.wrapping(path: path) { () throws(SystemError) in
            try file.write(bytes, at: place.offset)
            try file.synchronizeData()
        }
    }

    /// Notes that `generation`, which is in the other slot, is on the disk.
    ///
    /// Needs no sync, and a failure costs no more than one write at the next login.
    private func mark(_ generation: UInt64, in place: StateSlots.Place) {
        let mark = SyncedMark.encode(generation: generation)
        do throws(SystemError) {
            try file.write(mark, at: place.offset + StateSlot.markOffset)
        } catch {}
    }

    /// What a new state file holds: both slots whole, every byte of its blocks written.
    static func initialContents(_ state: LoginState, uid: UserID) -> [UInt8] {
        var first = StateSlot(generation: 1, state: state).encode(uid: uid)
        first.replaceSubrange(StateSlot.markOffset..., with: SyncedMark.encode(generation: 2))
        return first + StateSlot(generation: 2, state: state).encode(uid: uid)
    }
}
