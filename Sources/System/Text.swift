internal import CSystem

/// Text as its UTF-8 bytes, built by interpolation: messages, paths, names.
///
/// In what the module loads this stands where String would. Comparing Strings needs Unicode tables
/// that Embedded Swift does not have, and interpolating them is expanded in place: the messages
/// alone took 30 kB of the module.
package struct Text: Equatable, ExpressibleByStringInterpolation, CustomStringConvertible {
    package private(set) var utf8: [UInt8]

    package init(_ utf8: some Sequence<UInt8>) { self.utf8 = Array(utf8) }

    @inline(never)
    package init(stringLiteral literal: StaticString) { utf8 = literal.bytes }

    /// A copy of C's text.
    @inline(never)
    package init(cString text: UnsafePointer<CChar>) {
        // SAFETY: C's text ends with a NUL.
        utf8 = unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }

    package init(stringInterpolation: StringInterpolation) { utf8 = stringInterpolation.utf8 }

    package var isEmpty: Bool { utf8.isEmpty }

    package var description: String { String(decoding: utf8, as: UTF8.self) }

    @inline(never)
    package static func == (left: Text, right: Text) -> Bool { left.utf8.elementsEqual(right.utf8) }

    /// The bytes with a NUL behind them, for C, to which an array is a pointer.
    @inline(never)
    package var terminated: [CChar] {
        var terminated = utf8.map { CChar(bitPattern: $0) }
        terminated.append(0)
        return terminated
    }

    /// What stands behind `prefix`; nil if the text does not begin with it.
    package func rest(after prefix: Text) -> Text? {
        utf8.starts(with: prefix.utf8) ? Text(utf8.dropFirst(prefix.utf8.count)) : nil
    }

    /// What the compiler makes of a literal with `\(…)` in it.
    ///
    /// Nothing here is inlined.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var utf8: [UInt8] = []

        @inline(never)
        package init(literalCapacity: Int, interpolationCount: Int) {
            utf8.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        @inline(never)
        package mutating func appendLiteral(_ literal: StaticString) { utf8 += literal.bytes }

        @inline(never)
        package mutating func appendInterpolation(_ text: Text) { utf8 += text.utf8 }

        package mutating func appendInterpolation(_ number: some FixedWidthInteger) {
            append(magnitude: UInt64(truncatingIfNeeded: number.magnitude), isNegative: number < 0)
        }

        /// Permission bits, in octal with a leading zero.
        @inline(never)
        package mutating func appendInterpolation(mode: FileMode) {
            let digits = stride(from: FileMode(9), through: 0, by: -3).map { mode >> $0 & 7 }
            append(magnitude: 0, isNegative: false)
            for digit in digits.drop(while: { $0 == 0 }) {
                utf8.append(UInt8(ascii: "0") + UInt8(digit))
            }
        }

        @inline(never)
        private mutating func append(magnitude: UInt64, isNegative: Bool) {
            if isNegative { utf8.append(UInt8(ascii: "-")) }
            var digits: [UInt8] = []
            var rest = magnitude
            repeat {
                digits.append(UInt8(ascii: "0") + UInt8(rest % 10))
                rest /= 10
            } while rest > 0
            utf8 += digits.reversed()
        }
    }
}

extension StaticString {
    /// Its bytes, without anything of String's: that would come along into the module.
    fileprivate var bytes: [UInt8] {
        // SAFETY: a literal is in memory for good.
        unsafe Array(UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount))
    }
}

/// Lets `switch` match a literal.
package func ~= (pattern: Text, value: Text) -> Bool { pattern == value }
