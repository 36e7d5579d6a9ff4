internal import System

/// The patterns behind a criterion of `Match` (ssh_config(5), PATTERNS): what they are for must match
/// one of them, and none that begins with `!`.
struct SSHPatterns {
    private let wanted: [String]
    private let unwanted: [String]
    private let areAddresses: Bool

    init(_ text: String, _ criterion: SSHMatch.Criterion) {
        areAddresses = criterion == .address || criterion == .localAddress
        // sshd has the names of hosts in lower case, and takes their patterns so.
        let isLower = areAddresses || criterion == .host
        let patterns = (isLower ? text.lowercased() : text).split(separator: ",").map(String.init)
        wanted = patterns.filter { !$0.hasPrefix("!") }
        unwanted = patterns.filter { $0.hasPrefix("!") }.map { String($0.dropFirst()) }
    }

    /// Something that they are for; nil if none is found.
    var example: String? {
        for pattern in wanted {
            let candidates = areAddresses ? Self.addresses(pattern) : Self.names(pattern)
            if let example = candidates.first(where: matches) { return example }
        }
        return nil
    }

    private func matches(_ text: String) -> Bool {
        if areAddresses, AddressRange(parsing: Array(text.utf8)) == nil { return false }
        return wanted.contains { isMatch($0, text) } && !unwanted.contains { isMatch($0, text) }
    }

    private func isMatch(_ pattern: String, _ text: String) -> Bool {
        if areAddresses, let range = AddressRange(parsing: Array(pattern.utf8)) {
            return range.contains(Text(text.utf8))
        }
        return Self.isMatch(Array(pattern.utf8), Array(text.utf8))
    }

    /// With `*` for any text and `?` for any byte.
    private static func isMatch(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
        // How much of the text is matched by the part of the pattern so far, in every way.
        var ends: Set<Int> = [0]
        for byte in pattern {
            switch byte {
            case UInt8(ascii: "*"): ends = ends.min().map { Set($0...text.count) } ?? []
            case UInt8(ascii: "?"): ends = Set(ends.filter { $0 < text.count }.map { $0 + 1 })
            default:
                ends = Set(ends.filter { $0 < text.count && text[$0] == byte }.map { $0 + 1 })
            }
        }
        return ends.contains(text.count)
    }

    private static func names(_ pattern: String) -> [String] {
        ["x", "y", "0", ""].map { fill(pattern, with: $0) }
    }

    /// Addresses that a pattern or a prefix may be for, and some that it is not for.
    private static func addresses(_ pattern: String) -> [String] {
        let network = String(pattern.prefix { $0 != "/" })
        if network.contains(where: { $0 == "*" || $0 == "?" }) {
            return ["1", "1.1", "1.1.1", "1.1.1.1", "192.0.2.1", ":1", "1::1", "2001:db8::1"]
                .map { fill(network, with: $0) }
        }
        var found = [network]
        if network.hasSuffix("::") {
            return found + ["ffff::", ":ffff", "ffff:ffff::"].map { network.dropLast() + $0 }
        }
        let parts = network.split(separator: ".")
        for index in parts.indices.reversed() {
            var others = parts
            others[index] = "255"
            found.append(others.joined(separator: "."))
        }
        return found
    }

    private static func fill(_ pattern: String, with filler: String) -> String {
        pattern.map { $0 == "*" ? filler : $0 == "?" ? "1" : String($0) }.joined()
    }
}
