internal import CSystem

/// An IPv4 or IPv6 address, or all of those with the same leading bits (RFC 4632, RFC 4291 §2.3).
package struct AddressRange: Equatable {
    /// 4 or 16 bytes, of which those behind `prefixLength` bits are zero.
    private let bytes: [UInt8]
    private let prefixLength: Int

    /// Reads `192.0.2.7`, `192.0.2.0/24` or `2001:db8::/32`; nil for anything else, bits behind the
    /// prefix included: whoever writes `10.1.2.3/8` may have meant another range.
    package init?(parsing text: [UInt8]) {
        let parts = text.split(
            separator: UInt8(ascii: "/"),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard let first = parts.first, let address = Self.address(Array(first)) else { return nil }
        var length = address.count * 8
        if parts.count == 2 {
            guard let number = Decimal.parse(parts[1], as: Int.self), number <= length else {
                return nil
            }
            length = number
        }
        guard Self.masked(address, length) == address else { return nil }
        // An IPv4 address is the same one when it is written as IPv6.
        let isMapped = length >= 96 && address.starts(with: Self.mappedPrefix)
        bytes = isMapped ? Array(address.dropFirst(12)) : address
        prefixLength = isMapped ? length - 96 : length
    }

    /// Whether `host` is an address in the range.
    ///
    /// A host's name never is, whatever it resolves to.
    package func contains(_ host: Text) -> Bool {
        guard var address = Self.address(host.utf8) else { return false }
        if address.starts(with: Self.mappedPrefix) { address.removeFirst(12) }
        return address.count == bytes.count && Self.masked(address, prefixLength) == bytes
    }

    /// `::ffff:0:0/96`, in which IPv6 has the IPv4 addresses (RFC 4291 §2.5.5.2).
    private static let mappedPrefix = [UInt8](repeating: 0, count: 10) + [0xff, 0xff]

    private static func masked(_ address: [UInt8], _ length: Int) -> [UInt8] {
        address.enumerated().map { index, byte in
            let bits = min(max(length - index * 8, 0), 8)
            return byte & UInt8(truncatingIfNeeded: 0xff00 >> bits)
        }
    }

    /// The bytes of a numeric address: 4 for IPv4, 16 for IPv6 (inet_pton(3)).
    private static func address(_ text: [UInt8]) -> [UInt8]? {
        let isIPv6 = text.contains(UInt8(ascii: ":"))
        var bytes = [UInt8](repeating: 0, count: isIPv6 ? 16 : 4)
        // SAFETY: inet_pton writes 16 bytes for AF_INET6 and 4 for AF_INET.
        let family = isIPv6 ? AF_INET6 : AF_INET
        let outcome = unsafe inet_pton(family, Text(text).terminated, &bytes)
        return outcome == 1 ? bytes : nil
    }
}
