/// The mark in a slot: the other slot's generation that is known to be on the disk.
enum SyncedMark {
    static func encode(generation: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: generation)
        bytes.append(littleEndian: ~generation)
        return bytes
    }

    /// The generation named by the mark in a slot's bytes; nil if there is no whole mark.
    static func decode(_ slot: ArraySlice<UInt8>) -> UInt64? {
        var reader = LittleEndianReader(slot, at: StateSlot.markOffset)
        let generation: UInt64 = reader.read()
        let complement: UInt64 = reader.read()
        return complement == ~generation ? generation : nil
    }
}
