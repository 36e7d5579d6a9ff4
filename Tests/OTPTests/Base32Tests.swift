import OTP
import System
import Testing

/// A test value of RFC 4648 §10.
struct Base32Vector: CustomTestStringConvertible {
    let plain: String
    let encoded: String

    var testDescription: String { "'\(plain)'" }
    var unpadded: String { String(encoded.prefix { $0 != "=" }) }

    static let rfc4648Section10 = [
        Base32Vector(plain: "", encoded: ""),
        Base32Vector(plain: "f", encoded: "MY======"),
        Base32Vector(plain: "fo", encoded: "MZXQ===="),
        Base32Vector(plain: "foo", encoded: "MZXW6==="),
        Base32Vector(plain: "foob", encoded: "MZXW6YQ="),
        Base32Vector(plain: "fooba", encoded: "MZXW6YTB"),
        Base32Vector(plain: "foobar", encoded: "MZXW6YTBOI======"),
    ]
}

@Suite struct Base32Tests {
    @Test(arguments: Base32Vector.rfc4648Section10)
    func `encodes RFC 4648's vectors`(vector: Base32Vector) {
        #expect(Base32.encode(Array(vector.plain.utf8), padded: true) == text(vector.encoded))
        #expect(Base32.encode(Array(vector.plain.utf8)) == text(vector.unpadded))
    }

    @Test(arguments: Base32Vector.rfc4648Section10)
    func `decodes RFC 4648's vectors, with and without padding, in any case`(vector: Base32Vector) {
        for spelling in [vector.encoded, vector.unpadded] {
            #expect(Base32.decode(spelling.utf8) == Array(vector.plain.utf8))
            #expect(Base32.decode(spelling.lowercased().utf8) == Array(vector.plain.utf8))
        }
    }

    @Test func `every byte value survives`() {
        let bytes = Array(UInt8.min...UInt8.max)
        for length in 0...bytes.count {
            let part = Array(bytes.suffix(length))
            #expect(Base32.decode(Base32.encode(part).utf8) == part)
        }
    }

    @Test(arguments: [
        "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP", "jbsw-y3dp-ehpk-3pxp-jbsw-y3dp-ehpk-3pxp",
        "\tJBSWY3DPEHPK3PXP JBSWY3DPEHPK3PXP ", "jbswY3DPehpk3PXPjbswY3DPehpk3PXP",
    ])
    func `a secret is read in the groups that apps show`(spelling: String) {
        #expect(Base32.decode(spelling.utf8) == exampleSecret)
    }

    @Test func `a secret is written as oathtool writes it`() {
        let secret = SecretBytes(exampleSecret)
        #expect(Base32.encode(secret) == text(exampleSecretText))
    }

    /// RFC 4648 §3.5: the last symbol's unused bits are zero.
    @Test(arguments: ["MZ", "MZ======", "MZXR", "MZXW7", "MZXW6YR", "MY3", "77", "7777777"])
    func `bits left over that are not zero are refused`(spelling: String) {
        #expect(Base32.decode(spelling.utf8) == nil)
    }

    @Test(arguments: ["A", "AAA", "AAAAAA", "MZXW6YTBO", "MZXW6YTBOIA", "A======="])
    func `a length that no encoder makes is refused`(spelling: String) {
        #expect(Base32.decode(spelling.utf8) == nil)
    }

    @Test(arguments: [
        "MY=", "MY=====", "MY=======", "MZXW6YTB=", "MZXW6YTB========", "=", "========", "M=Y=====",
        "MY======MY======", "MZXQ====A",
    ])
    func `padding that does not fill a group is refused`(spelling: String) {
        #expect(Base32.decode(spelling.utf8) == nil)
    }

    @Test(arguments: [
        "MZXW6YT0", "MZXW6YT1", "MZXW6YT8", "MZXW6YT9", "MZXW6YT!", "MZXW6YT\n", "MZXW6YT\0",
        "MZXW6YTé", "MZXW6YT@", "MZXW6YT[", "MZXW6YT`", "MZXW6YT{",
    ])
    func `a byte outside the alphabet is refused`(spelling: String) {
        #expect(Base32.decode(spelling.utf8) == nil)
    }
}
