/// What an administrator may set about the verdict.
///
/// Every value is within its bounds.
package struct Policy: Equatable {
    /// How many time steps either side of now are accepted; RFC 6238 §5.2 recommends one at most.
    package var window: Int64 = 1
    /// How many counters beyond the next one are tried (RFC 4226 §7.4).
    package var lookAhead: Int64 = 10

    package static let windowBounds: ClosedRange<Int64> = 0...5
    package static let lookAheadBounds: ClosedRange<Int64> = 0...50

    package init() {}
}
