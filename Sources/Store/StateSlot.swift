internal import CNettle
internal import OTP
internal import System
internal import Verification

/// One of the two copies of a state on the disk: 4,096 bytes, little-endian.
///
///        0   8  magic `ptotpst1`
///        8   8  generation: one more with every state written
///       16   4  uid
///       20   4  wrong codes since the last success
///       24   8  time of the last success
///       32   4  charged to the purse
///       36   4  wrong codes in a row
///       40   8  time of the last of them
///       48   8  recovery set id; 0 for none
///       56   4  recovery codes used, bit n for slot n
///       60   4  number of authenticators
///       64 512  16 authenticators: id 8, next 8, time of last use 8, drift 4, flags 4
///               (bit 0: disabled; the others are zero)
///      576   8  imported recovery set id; 0 for none
///      584   4  imported recovery codes used, bit n for slot n
///      588      zero
///     4032  32  SHA-256 of all before it
///     4064      zero
///     4080  16  mark: a generation of the other slot that is known to be on the disk, and its
///               complement. Not covered by the checksum: it is written by itself.
struct StateSlot {
    static let size = 4096
    static let markOffset = 4080

    let generation: UInt64
    let state: LoginState

    private static let magic = ("ptotpst1" as Text).utf8
    private static let importedRecoveryOffset = 576
    /// The zeros begin here.
    static let contentSize = 588
    static let checksumOffset = 4032
    private static let checksumLength = 32
    private static let disabledFlag: UInt32 = 1
    /// No login gets there.
    ///
    /// A change writes two more, and both of them have neighbours.
    private static let highestGeneration = UInt64.max - 3
    private static let driftBounds: ClosedRange<Int32> = -100_000...100_000

    init(generation: UInt64, state: LoginState) {
        self.generation = generation
        self.state = state
    }

    /// The slot's bytes, with no mark set.
    func encode(uid: UserID) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.size)
        bytes += Self.magic
        bytes.append(littleEndian: generation)
        bytes.append(littleEndian: uid)
        bytes.append(littleEndian: state.wrongSinceSuccess)
        bytes.append(littleEndian: state.lastSuccessAt)
        bytes.append(littleEndian: state.throttle.charged)
        bytes.append(littleEndian: state.throttle.consecutiveWrong)
        bytes.append(littleEndian: state.throttle.lastWrongAt)
        bytes.append(littleEndian: state.recovery?.id.value ?? 0)
        bytes.append(littleEndian: state.recovery?.used ?? 0)
        let authenticators = state.authenticators.prefix(Enrollment.maximumAuthenticators)
        bytes.append(littleEndian: UInt32(authenticators.count))
        for progress in authenticators {
            bytes.append(littleEndian: progress.id.value)
            bytes.append(littleEndian: progress.next)
            bytes.append(littleEndian: progress.lastUsedAt)
            bytes.append(littleEndian: progress.drift)
            bytes.append(littleEndian: progress.isDisabled ? Self.disabledFlag : 0)
        }
        bytes.append(zeroesUpTo: Self.importedRecoveryOffset)
        bytes.append(littleEndian: state.importedRecovery?.id.value ?? 0)
        bytes.append(littleEndian: state.importedRecovery?.used ?? 0)
        bytes.append(zeroesUpTo: Self.checksumOffset)
        bytes += Self.checksum(of: bytes[...])
        bytes.append(zeroesUpTo: Self.size)
        return bytes
    }

    /// The state that `bytes` hold; nil if they are not a whole slot of this user's.
    init?(_ bytes: ArraySlice<UInt8>, uid: UserID) {
        guard bytes.count == Self.size, bytes.starts(with: Self.magic) else { return nil }
        let body = bytes.prefix(Self.checksumOffset)
        let checksum = bytes.dropFirst(Self.checksumOffset).prefix(Self.checksumLength)
        guard checksum.elementsEqual(Self.checksum(of: body)) else { return nil }
        var reader = LittleEndianReader(body, at: Self.magic.count)
        generation = reader.read()
        guard (1...Self.highestGeneration).contains(generation), reader.read(UserID.self) == uid
        else { return nil }
        let wrongSinceSuccess: UInt32 = reader.read()
        let lastSuccessAt: Int64 = reader.read()
        var throttle = LoginState.Throttle()
        throttle.charged = reader.read()
        throttle.consecutiveWrong = reader.read()
        throttle.lastWrongAt = reader.read()
        var state = LoginState()
        guard Self.read(&state.recovery, &reader) else { return nil }
        let count: UInt32 = reader.read()
        guard count <= Enrollment.maximumAuthenticators else { return nil }
        state.wrongSinceSuccess = wrongSinceSuccess
        state.lastSuccessAt = lastSuccessAt
        state.throttle = throttle
        for _ in 0..<count {
            guard let progress = Self.progress(&reader) else { return nil }
            state.authenticators.append(progress)
        }
        var end = LittleEndianReader(body, at: Self.importedRecoveryOffset)
        guard Self.read(&state.importedRecovery, &end) else { return nil }
        self.state = state
    }

    /// Reads what is used of a set, nil if there is no set; false if a code is used that no set has.
    private static func read(
        _ use: inout LoginState.RecoveryUse?,
        _ reader: inout LittleEndianReader
    ) -> Bool {
        let id: UInt64 = reader.read()
        let used: UInt32 = reader.read()
        if id != 0 { use = LoginState.RecoveryUse(id: Identifier(value: id), used: used) }
        return used < 1 << RecoveryCode.count
    }

    private static func progress(_ reader: inout LittleEndianReader) -> LoginState.Progress? {
        let id = Identifier(value: reader.read())
        let next: Int64 = reader.read()
        let lastUsedAt: Int64 = reader.read()
        let drift: Int32 = reader.read()
        let flags: UInt32 = reader.read()
        // A flag that is not known here may forbid something: such a slot is not for this version.
        guard next >= 0, driftBounds.contains(drift), flags & ~disabledFlag == 0 else { return nil }
        return LoginState.Progress(
            id: id,
            next: next,
            drift: drift,
            lastUsedAt: lastUsedAt,
            isDisabled: flags & disabledFlag != 0
        )
    }

    static func checksum(of body: ArraySlice<UInt8>) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: checksumLength)
        // SAFETY: the count is that of the buffer, and `digest` has room for a SHA-256 value.
        unsafe body.withUnsafeBufferPointer {
            unsafe totp_sha256($0.baseAddress, $0.count, &digest)
        }
        return digest
    }
}
