internal import Glibc
internal import OTP
internal import System

extension FuzzTarget {
    static let base32 = FuzzTarget(name: "base32") { bytes in
        for padded in [false, true] {
            let encoded = Base32.encode(bytes, padded: padded)
            require(Base32.decode(encoded.utf8) == bytes, "what is encoded decodes to the same")
        }
        guard let decoded = Base32.decode(bytes) else { return }
        let symbols = bytes.filter { !ASCII.isBlank($0) && $0 != 0x2d && $0 != 0x3d }
        require(
            Base32.encode(decoded).utf8 == symbols.map(ASCII.uppercased),
            "no two texts, but for case, blanks and padding, are the same bytes"
        )
    }

    static let hexadecimal = FuzzTarget(name: "hexadecimal") { bytes in
        let encoded = Hexadecimal.encode(bytes)
        require(Hexadecimal.decode(encoded.utf8) == bytes, "what is encoded decodes to the same")
        let decoded = Hexadecimal.decode(bytes)
        if let decoded {
            require(Hexadecimal.encode(decoded).utf8 == bytes, "only what is encoded decodes")
        }
        let secret = bytes.withUnsafeBytes { text -> [UInt8]? in
            guard let secret = Hexadecimal.decodeSecret(text) else { return nil }
            return secret.withUnsafeBytes { Array($0) }
        }
        require(secret == decoded, "a secret decodes as anything else does")
    }

    static let decimal = FuzzTarget(name: "decimal") { bytes in
        let isDigits = !bytes.isEmpty && bytes.allSatisfy(ASCII.isDigit)
        let text = String(decoding: bytes, as: UTF8.self)
        require(Decimal.parse(bytes, as: Int64.self) == (isDigits ? Int64(text) : nil), "Int64")
        require(Decimal.parse(bytes, as: UInt64.self) == (isDigits ? UInt64(text) : nil), "UInt64")
        require(Decimal.parse(bytes, as: UInt32.self) == (isDigits ? UInt32(text) : nil), "UInt32")
        require(Decimal.parse(bytes, as: Int8.self) == (isDigits ? Int8(text) : nil), "Int8")
    }

    /// A range, and PAM_RHOST in the next line, against a comparison bit by bit.
    static let addressRange = FuzzTarget(name: "address-range") { bytes in
        let lines = bytes.lines()
        guard lines.count == 2, !bytes.contains(0), let range = AddressRange(parsing: lines[0])
        else { return }
        let parts = lines[0].split(separator: UInt8(ascii: "/"))
        guard let network = Address(parts[0]) else { fatalError("the range is of no address") }
        let length = parts.count == 2 ? Decimal.parse(parts[1], as: Int.self) : nil
        let prefix = length.map { $0 + (network.isIPv4Text ? 96 : 0) } ?? 128
        let host = Address(lines[1][...])
        let isIPv4 = prefix >= 96 && network.isIPv4
        require(
            range.contains(Text(lines[1]))
                == (host.map {
                    $0.isIPv4 == isIPv4 && $0.bits.starts(with: network.bits.prefix(prefix))
                } ?? false),
            "a range has the addresses of its kind with its leading bits, and no others"
        )
    }
}

/// An address as 128 bits, IPv4 as IPv6 has it (RFC 4291 §2.5.5.2).
private struct Address {
    let bits: [Bool]
    let isIPv4Text: Bool

    var isIPv4: Bool { bits.prefix(80).allSatisfy { !$0 } && bits[80..<96].allSatisfy { $0 } }

    init?(_ text: ArraySlice<UInt8>) {
        isIPv4Text = !text.contains(UInt8(ascii: ":"))
        var bytes = [UInt8](repeating: 0, count: isIPv4Text ? 4 : 16)
        let spelled = String(decoding: text, as: UTF8.self)
        guard inet_pton(isIPv4Text ? AF_INET : AF_INET6, spelled, &bytes) == 1 else { return nil }
        if isIPv4Text { bytes = [UInt8](repeating: 0, count: 10) + [0xff, 0xff] + bytes }
        bits = bytes.flatMap { byte in (0..<8).map { byte << $0 & 0x80 != 0 } }
    }
}
