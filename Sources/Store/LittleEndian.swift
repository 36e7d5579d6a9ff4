extension [UInt8] {
    mutating func append<Number: FixedWidthInteger>(littleEndian number: Number) {
        for index in 0..<Number.bitWidth / 8 {
            append(UInt8(truncatingIfNeeded: number >> Number(8 * index)))
        }
    }

    mutating func append(zeroesUpTo size: Int) {
        append(contentsOf: repeatElement(0, count: Swift.max(0, size - count)))
    }
}

/// Numbers out of a record of fixed size, one after the other.
///
/// Beyond its end they are all zero.
struct LittleEndianReader {
    private let bytes: [UInt8]
    private var position: Int

    init(_ bytes: [UInt8], at position: Int) {
        self.bytes = bytes
        self.position = position
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
