extension [UInt8] {
    mutating func append<Number: FixedWidthInteger>(littleEndian number: Number) {
        for index in 0..<Number.bitWidth / 8 {
            append(UInt8(truncatingIfNeeded: number >> Number(8 * index)))
        }
    }

    mutating func append(zeroesUpTo size: Int) {
        self += [UInt8](repeating: 0, count: Swift.max(0, size - count))
    }
}

/// Numbers out of a record of fixed size, one after the other.
///
/// Beyond its end they are all zero.
struct LittleEndianReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>, at offset: Int) {
        self.bytes = bytes
        position = bytes.startIndex + offset
    }

    mutating func read<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number {
        var number: Number = 0
        for index in 0..<Number.bitWidth / 8 where bytes.indices.contains(position + index) {
            number |= Number(truncatingIfNeeded: bytes[position + index]) << Number(8 * index)
        }
        position += Number.bitWidth / 8
        return number
    }
}
