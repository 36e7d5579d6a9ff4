import System
import Testing

/// RFC 4648 §10's vectors for base 16, in lower case.
private let rfc4648Section10 = [
    ("", ""), ("f", "66"), ("fo", "666f"), ("foo", "666f6f"), ("foob", "666f6f62"),
    ("fooba", "666f6f6261"), ("foobar", "666f6f626172"),
]

/// What neither reader takes.
private let refused = [
    "6", "666", "6g", "g6", "66 ", " 66", "6F", "0x66", "6\u{0}", "66\n", "/0", ":0", "`0", "+6",
]

@Suite struct HexadecimalTests {
    @Test(arguments: rfc4648Section10)
    func `matches RFC 4648 §10 both ways`(plain: String, encoded: String) throws {
        #expect(Hexadecimal.encode(plain.utf8) == text(encoded))
        #expect(Hexadecimal.decode(encoded.utf8) == Array(plain.utf8))
        let secret = try #require(decodedSecret(encoded))
        #expect(secret == Array(plain.utf8))
    }

    @Test func `every byte is spelled as printf spells it`() {
        for byte in UInt8.min...UInt8.max {
            let digits = String(byte, radix: 16)
            let spelled = digits.count == 1 ? "0" + digits : digits
            #expect(Hexadecimal.encode([byte]) == text(spelled))
            #expect(Hexadecimal.decode(spelled.utf8) == [byte])
            #expect(decodedSecret(spelled) == [byte])
        }
    }

    @Test(arguments: refused)
    func `anything but lower-case pairs is refused`(spelling: String) {
        #expect(Hexadecimal.decode(spelling.utf8) == nil)
        #expect(decodedSecret(spelling) == nil)
    }

    private func decodedSecret(_ spelling: String) -> [UInt8]? {
        Array(spelling.utf8).withUnsafeBytes { bytes in
            guard let secret = Hexadecimal.decodeSecret(bytes) else { return nil }
            return secret.bytes
        }
    }
}
