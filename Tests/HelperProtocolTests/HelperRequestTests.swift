import System
import Testing
import Verification

@testable import HelperProtocol

/// What a request says, for comparing.
private struct Contents: Equatable {
    let question: HelperRequest.Question
    let user: Text
    let reply: String

    /// Nil for what is no request.
    init?(decoding bytes: borrowing SecretBytes) {
        guard let request = HelperRequest.decode(bytes) else { return nil }
        question = request.question
        user = request.user
        reply = text(request.reply)
    }

    init(_ question: HelperRequest.Question, _ user: Text, _ reply: String) {
        self.question = question
        self.user = user
        self.reply = reply
    }
}

private func text(_ bytes: borrowing SecretBytes) -> String {
    bytes.withUnsafeBytes { String(decoding: Array($0), as: UTF8.self) }
}

@Suite struct HelperRequestTests {
    @Test(arguments: [
        ("123456", "123456"), (" 012 345 ", "012345"), ("01234567", "01234567"),
        ("0ab1-cdef-gh23-45jk", "0AB1CDEFGH2345JK"), ("a password", ""), ("", ""),
    ])
    func `a reply is passed on as the code that it is, or not at all`(
        reply: String,
        spelled: String
    ) {
        let request = HelperRequest.verify(Reply(parsing: Array(reply.utf8)), by: "a user")
        let bytes = request.encode()
        #expect(text(bytes) == "verify a user\n\(spelled)")
        #expect(Contents(decoding: bytes) == Contents(.verify, "a user", spelled))
    }

    @Test func `whether the owner will be told is passed on`() {
        let request = HelperRequest.verify(Reply(parsing: []), by: "u", tellingOwner: false)
        let bytes = request.encode()
        #expect(text(bytes) == "verify-silently u\n")
        #expect(Contents(decoding: bytes) == Contents(.verifySilently, "u", ""))
    }

    @Test func `the other questions have no reply`() {
        let enrolled = HelperRequest.isEnrolled(user: "u").encode()
        #expect(Contents(decoding: enrolled) == Contents(.isEnrolled, "u", ""))
        let digits = HelperRequest.codeDigits(of: "u").encode()
        #expect(Contents(decoding: digits) == Contents(.codeDigits, "u", ""))
    }

    @Test(arguments: ["", "\n", "verify u", "verify", "unlock u\n", " verify u\n", "VERIFY u\n1"])
    func `anything else is none`(bytes: String) {
        #expect(Contents(decoding: SecretBytes(Array(bytes.utf8))) == nil)
    }
}
