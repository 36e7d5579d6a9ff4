import System
import Testing
import Verification

@Suite struct IdentifierTests {
    @Test(arguments: [
        (UInt64(0), "0000000000000000"), (1, "0000000000000001"), (.max, "ffffffffffffffff"),
        (0x0123_4567_89ab_cdef, "0123456789abcdef"),
    ])
    func `it is sixteen hexadecimal digits, the highest first`(value: UInt64, spelled: String) {
        #expect(Identifier(value: value).text == text(spelled))
        #expect(Identifier(text: spelled.utf8) == Identifier(value: value))
    }

    @Test(arguments: [
        "", "0", "000000000000000", "00000000000000000", "000000000000000000", "0123456789ABCDEF",
        "0123456789abcdeg", " 123456789abcdef", "0x23456789abcdef",
    ])
    func `any other text is none`(spelled: String) {
        #expect(Identifier(text: spelled.utf8) == nil)
    }

    @Test func `a new one is like no other`() throws {
        var seen: Set<Identifier> = []
        for _ in 0..<100 { seen.insert(try Identifier.random()) }
        #expect(seen.count == 100)
    }
}
