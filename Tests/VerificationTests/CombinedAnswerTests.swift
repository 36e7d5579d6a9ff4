import Testing
import Verification

/// Password and code in one answer.
@Suite struct CombinedAnswerTests {
    /// The answer taken apart, for somebody whose codes have so many digits.
    private func split(_ answer: String, _ digits: [Int] = [6]) -> [String] {
        let bytes = Array(answer.utf8)
        let length = unsafe bytes.withUnsafeBytes {
            unsafe CombinedAnswer.codeLength(atEndOf: $0, digits: digits)
        }
        return [bytes.dropLast(length), bytes.suffix(length)].map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test(arguments: [6, 7, 8])
    func `the code is as long as the person's codes are`(digits: Int) {
        let code = String("987654321".suffix(digits))
        #expect(split("secret\(code)", [digits]) == ["secret", code])
        #expect(split("secret99\(code)", [digits]) == ["secret99", code])
        #expect(split(code, [digits]) == ["", code])
    }

    @Test func `of codes of several lengths it is the longest that is there`() {
        #expect(split("secret12345678", [6, 8]) == ["secret", "12345678"])
        #expect(split("secret12345678", [8, 6, 6]) == ["secret", "12345678"])
        #expect(split("secret1234567", [6, 8]) == ["secret1", "234567"])
        #expect(split("secret123456", [6, 8]) == ["secret", "123456"])
    }

    @Test(arguments: [
        "", "1", "12345", "secret", "secret12345", "123456 ", "123456x", "secret123 456",
        "secret１２３４５６", "1234-5678", "123456-",
    ])
    func `without a code all of it is the password`(answer: String) {
        #expect(split(answer) == [answer, ""])
    }

    @Test func `a recovery code is taken as it is shown`() {
        for code in ["0A7F-1NMD-ZMG2-4S5Z", "0a7f-1nmd-zmg2-4s5z", "9999-9999-9999-9999"] {
            #expect(split("secret\(code)") == ["secret", code])
            #expect(split("secret-\(code)") == ["secret-", code])
            #expect(split(code, []) == ["", code])
        }
    }

    @Test(arguments: [
        // Ten codes, so no slot A; not Crockford's U; a dash elsewhere; none; one too few.
        "secretAA7F-1NMD-ZMG2-4S5Z", "secret0A7U-1NMD-ZMG2-4S5Z", "secret0A7F1-NMD-ZMG2-4S5Z",
        "secret0A7F1NMDZMG24S5Z", "0A7-1NMD-ZMG2-4S5Z", "secret0A7F-1NMD-ZMG2-4S5Z ",
        "secret0A7F 1NMD ZMG2 4S5Z",
    ])
    func `what only looks like one is the password's`(answer: String) {
        #expect(split(answer) == [answer, ""])
    }

    @Test func `ten megabytes are taken apart as well`() {
        let long = String(repeating: "9", count: 10_000_000)
        #expect(split(long)[1] == "999999")
    }
}
