import System
import Testing

@Suite struct DecimalTests {
    @Test(arguments: [("0", 0), ("7", 7), ("007", 7), ("10", 10), ("1234567890", 1_234_567_890)])
    func `digits are read`(spelling: String, number: Int) {
        #expect(Decimal.parse(spelling.utf8) == number)
    }

    @Test(arguments: [
        "", " ", "-1", "+1", "-0", "1 ", " 1", "1\n", "1\0", "1_000", "1.0", "0x10", "1e3", "one",
        "١", "/", ":",
    ])
    func `anything else is no number`(spelling: String) {
        #expect(Decimal.parse(spelling.utf8, as: Int.self) == nil)
        #expect(Decimal.parse(spelling.utf8, as: UInt8.self) == nil)
    }

    @Test func `each width ends at its largest number`() {
        #expect(Decimal.parse("255".utf8) == UInt8.max)
        #expect(Decimal.parse("65535".utf8) == UInt16.max)
        #expect(Decimal.parse("4294967295".utf8) == UInt32.max)
        #expect(Decimal.parse("18446744073709551615".utf8) == UInt64.max)
        #expect(Decimal.parse("127".utf8) == Int8.max)
        #expect(Decimal.parse("2147483647".utf8) == Int32.max)
        #expect(Decimal.parse("9223372036854775807".utf8) == Int64.max)
    }

    @Test func `what does not fit is refused, not cut`() {
        #expect(Decimal.parse("256".utf8, as: UInt8.self) == nil)
        #expect(Decimal.parse("300".utf8, as: UInt8.self) == nil)
        #expect(Decimal.parse("65536".utf8, as: UInt16.self) == nil)
        #expect(Decimal.parse("4294967296".utf8, as: UInt32.self) == nil)
        #expect(Decimal.parse("18446744073709551616".utf8, as: UInt64.self) == nil)
        #expect(Decimal.parse("128".utf8, as: Int8.self) == nil)
        #expect(Decimal.parse("2147483648".utf8, as: Int32.self) == nil)
        #expect(Decimal.parse("9223372036854775808".utf8, as: Int64.self) == nil)
        #expect(
            Decimal.parse(repeatElement(UInt8(ascii: "9"), count: 1000), as: UInt64.self) == nil
        )
    }

    @Test func `leading zeros do not make a number too large`() {
        #expect(Decimal.parse("00000000000000000000000255".utf8) == UInt8.max)
    }
}
