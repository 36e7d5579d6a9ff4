package import System

/// The random name of an authenticator or of a set of recovery codes, by which the state knows it.
///
/// A new one is drawn whenever something is enrolled, so that what was removed or replaced does not
/// come back to life with an older enrollment file.
package struct Identifier: Equatable, Hashable {
    package let value: UInt64

    package init(value: UInt64) { self.value = value }

    package static func random() throws(SystemError) -> Identifier {
        let bytes = try RandomBytes.generate(count: 8)
        return Identifier(value: bytes.reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// Sixteen lower-case hexadecimal digits.
    package var text: Text {
        Hexadecimal.encode(
            stride(from: 56, through: 0, by: -8).map {
                UInt8(truncatingIfNeeded: value >> UInt64($0))
            }
        )
    }

    package init?(text: some Collection<UInt8>) {
        guard let bytes = Hexadecimal.decode(text), bytes.count == 8 else { return nil }
        value = bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
