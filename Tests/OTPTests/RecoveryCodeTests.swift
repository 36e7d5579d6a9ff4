import OTP
import System
import Testing

/// How a text is read as a recovery code: the code as it is shown, or nil when it is none.
private func reading(_ spelling: some Collection<UInt8>) -> String? {
    guard let code = RecoveryCode(parsing: spelling) else { return nil }
    return code.text().description
}

@Suite struct RecoveryCodeTests {
    @Test(arguments: [
        "5ABC-DEFG-HJKM-NPQR", "5ABCDEFGHJKMNPQR", "5abc-defg-hjkm-npqr", "5abcdefghjkmnpqr",
        "5ABC DEFG HJKM NPQR", " 5abc  defg\thjkm npqr ", "5-A-B-C-D-E-F-G-H-J-K-M-N-P-Q-R",
        "--5ABCDEFGHJKMNPQR--",
    ])
    func `case, blanks and dashes do not matter`(spelling: String) {
        #expect(reading(spelling.utf8) == "5ABC-DEFG-HJKM-NPQR")
    }

    @Test(arguments: [
        "0111-0000-1111-0101", "O111-OOOO-1111-O1O1", "oIlL-oooo-iIlL-oIoL", "0I11-0O00-11l1-0i0L",
    ])
    func `O is read as 0, I and L as 1`(spelling: String) {
        #expect(reading(spelling.utf8) == "0111-0000-1111-0101")
    }

    @Test(arguments: 0...9)
    func `the first symbol is the slot`(slot: Int) {
        guard let code = RecoveryCode(parsing: "\(slot)ABC-DEFG-HJKM-NPQR".utf8) else {
            Issue.record("this is a recovery code")
            return
        }
        let found = code.slot
        #expect(found == slot)
    }

    @Test func `a first symbol that is no slot is refused`() {
        for symbol in "ABCDEFGHJKMNPQRSTVWXYZ" {
            #expect(reading("\(symbol)ABC-DEFG-HJKM-NPQR".utf8) == nil)
        }
    }

    @Test(arguments: [
        "", "-", "5", "5ABC", "5ABC-DEFG-HJKM-NPQ", "5ABC-DEFG-HJKM-NPQRS",
        "5ABC-DEFG-HJKM-NPQR-5ABC-DEFG-HJKM-NPQR",
    ])
    func `any other length is refused`(spelling: String) {
        #expect(reading(spelling.utf8) == nil)
    }

    @Test(arguments: [
        "5UBC-DEFG-HJKM-NPQR", "5ABC-DEFG-HJKM-NPQu", "5ABC_DEFG_HJKM_NPQR",
        "5ABC-DEFG-HJKM-NPQ\0", "5ABC-DEFG-HJKM-NPQ\n", "5ABC-DEFG-HJKM-NPQR\n",
        "5ABC-DEFG-HJKM-NPQÖ", "5ABC.DEFG.HJKM.NPQR", "*ABC-DEFG-HJKM-NPQR",
    ])
    func `a symbol that is not Crockford's is refused`(spelling: String) {
        #expect(reading(spelling.utf8) == nil)
    }

    @Test(arguments: 0..<RecoveryCode.count)
    func `a new code is in its slot and is read back`(slot: Int) throws {
        let code = try RecoveryCode.generate(slot: slot)
        let shown = code.text()
        let generatedSlot = code.slot
        #expect(generatedSlot == slot)
        #expect(shown.utf8.first == UInt8(ascii: "0") + UInt8(slot))
        let groups = shown.utf8.split(separator: UInt8(ascii: "-"))
        #expect(groups.map(\.count) == [4, 4, 4, 4])
        let alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8
        #expect(groups.joined().allSatisfy(alphabet.contains))
        #expect(reading(shown.utf8) == shown.description)
    }

    @Test func `no two new codes are alike, and every symbol is drawn`() throws {
        var seen: Set<String> = []
        for _ in 0..<200 { seen.insert(try RecoveryCode.generate(slot: 3).text().description) }
        #expect(seen.count == 200)
        // 200 codes draw 3,000 symbols: one of 32 is missing by chance once in 10^40.
        let symbols = Set(seen.joined())
        #expect(symbols.subtracting(["-"]).count == 32)
    }
}
