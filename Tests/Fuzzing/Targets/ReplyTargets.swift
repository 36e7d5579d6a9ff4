internal import HelperProtocol
internal import OTP
internal import System
internal import Verification

extension FuzzTarget {
    /// What is typed at the prompt, and what totp-helper is told of it.
    static let reply = FuzzTarget(name: "reply") { bytes in
        let reply = Reply(parsing: bytes)
        let canonical = reply.canonicalText().withUnsafeBytes { Array($0) }
        let typed = bytes.filter { !ASCII.isBlank($0) }
        let isCode = (6...8).contains(typed.count) && typed.allSatisfy(ASCII.isDigit)
        switch reply {
        case .code(let code, let digits):
            require(isCode && canonical == typed, "a code is its digits")
            require(HOTP.text(code, digits: digits).utf8 == typed, "its number spells its digits")
            require(code < HOTP.modulus(digits: digits), "its number has no more digits")
        case .recoveryCode(let code):
            require(code.slot < RecoveryCode.count, "a recovery code has a slot")
            checkShown(code, canonical)
        case .unrecognised:
            require(!isCode || bytes.count > Reply.maximumLength, "digits are a code")
            require(canonical.isEmpty, "what is no code goes nowhere")
        }
        let again = Reply(parsing: canonical).canonicalText().withUnsafeBytes { Array($0) }
        require(again == canonical, "the helper reads the same reply")
        let sent = HelperRequest.verify(reply, by: "alice", tellingOwner: bytes.count % 2 == 0)
        let encoded = sent.encode()
        require(encoded.count <= HelperRequest.maximumLength, "a request is not too long")
        guard let received = HelperRequest.decode(encoded) else { fatalError("no request") }
        require(received.reply.withUnsafeBytes { Array($0) } == canonical, "the reply arrives")
        require(received.user == "alice" && received.question == sent.question, "so does the rest")
    }

    private static func checkShown(_ code: borrowing RecoveryCode, _ canonical: [UInt8]) {
        let shown = code.text().utf8
        require(shown.filter { $0 != UInt8(ascii: "-") } == canonical, "it is shown as it is read")
        let length = shown.withUnsafeBytes { CombinedAnswer.codeLength(atEndOf: $0, digits: []) }
        require(length == shown.count, "as it is shown it can be cut off a password")
    }

    /// Which of 6, 7 and 8 digits the person's codes have, in a byte; then a password with a code
    /// behind it.
    static let combinedAnswer = FuzzTarget(name: "combined-answer") { bytes in
        guard let bits = bytes.first else { return }
        let digits = (6...8).filter { bits >> UInt8($0 - 6) & 1 == 1 }
        let answer = Array(bytes.dropFirst())
        let length = answer.withUnsafeBytes {
            CombinedAnswer.codeLength(atEndOf: $0, digits: digits)
        }
        require((0...answer.count).contains(length), "the code is of the answer")
        let run = answer.reversed().prefix(while: ASCII.isDigit).count
        let shown = answer.suffix(19)
        let isShown =
            RecoveryCode(parsing: shown) != nil && shown.count == 19
            && shown.enumerated().allSatisfy { index, byte in
                [4, 9, 14].contains(index) == (byte == UInt8(ascii: "-"))
            }
        require(
            length == (isShown ? 19 : digits.last { $0 <= run } ?? 0),
            "it is a recovery code with its dashes, or the most digits that are there"
        )
        let isCode = Reply(parsing: answer.suffix(length)).isCode
        require(isCode == (length > 0), "what is cut off has the shape of a code")
    }
}
