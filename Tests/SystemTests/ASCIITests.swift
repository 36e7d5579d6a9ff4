import System
import Testing

@Suite struct ASCIITests {
    @Test func `only the letters change case`() {
        for byte in UInt8.min...UInt8.max {
            let scalar = Unicode.Scalar(byte)
            let isUpper = ("A"..."Z").contains(scalar)
            let isLower = ("a"..."z").contains(scalar)
            #expect(ASCII.lowercased(byte) == (isUpper ? byte + 32 : byte))
            #expect(ASCII.uppercased(byte) == (isLower ? byte - 32 : byte))
            #expect(ASCII.isLetter(byte) == (isUpper || isLower))
            #expect(ASCII.isDigit(byte) == ("0"..."9").contains(scalar))
        }
    }

    @Test func `the control characters are the first 32 and DEL`() {
        let controls = (UInt8.min...UInt8.max).filter(ASCII.isControl)
        #expect(controls == Array(0...31) + [127])
    }

    @Test func `blanks are the space and the tab`() {
        #expect((UInt8.min...UInt8.max).filter(ASCII.isBlank) == [9, 32])
    }

    @Test(arguments: [
        ("", ""), (" ", ""), ("\t \t", ""), ("a", "a"), (" a", "a"), ("a\t", "a"),
        ("  a b\t c ", "a b\t c"), ("\na\n", "\na\n"), ("\u{a0}a", "\u{a0}a"),
    ])
    func `blanks are trimmed at both ends only`(untrimmed: String, trimmed: String) {
        #expect(ASCII.trimmed(untrimmed.utf8) == Array(trimmed.utf8))
    }
}
