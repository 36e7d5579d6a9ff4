/// A file as a process sees it and as the disk has it, in sectors of 512 bytes: a sector is written
/// whole or not at all, in any order, at any time until the next sync.
struct SimulatedFile: Hashable {
    private(set) var cache: [UInt8]
    private(set) var disk: [UInt8]
    /// Sectors that have yet to reach the disk.
    private var dirty: Set<Int> = []

    private static let sectorSize = 512

    init(durable bytes: [UInt8]) {
        cache = bytes
        disk = bytes
    }

    mutating func write(_ bytes: [UInt8], at offset: Int) {
        cache.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        let last = (offset + bytes.count - 1) / Self.sectorSize
        dirty.formUnion(offset / Self.sectorSize...last)
    }

    /// fdatasync(2) that succeeds.
    mutating func sync() {
        for sector in dirty { persist(sector) }
        dirty = []
    }

    /// fdatasync(2) that fails: some sectors have reached the disk, and Linux holds the others for
    /// clean, so that no later sync writes them.
    func failedSyncs() -> [SimulatedFile] {
        subsetsWritten().map { file in
            var file = file
            file.dirty = []
            return file
        }
    }

    /// What may be left after a power cut: the disk, with any of the dirty sectors written.
    func powerCuts() -> [SimulatedFile] {
        subsetsWritten().map { SimulatedFile(durable: $0.disk) }
    }

    /// With every subset of the dirty sectors written.
    ///
    /// Those that are the same on the disk already make no difference.
    private func subsetsWritten() -> [SimulatedFile] {
        let differing = dirty.filter { cache[range($0)] != disk[range($0)] }.sorted()
        return (0..<1 << differing.count).map { subset in
            var file = self
            for (bit, sector) in differing.enumerated() where subset >> bit & 1 == 1 {
                file.persist(sector)
            }
            return file
        }
    }

    private mutating func persist(_ sector: Int) {
        disk.replaceSubrange(range(sector), with: cache[range(sector)])
    }

    private func range(_ sector: Int) -> Range<Int> {
        sector * Self.sectorSize..<(sector + 1) * Self.sectorSize
    }
}
