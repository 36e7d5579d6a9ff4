package import System
package import Verification

/// What the module asks of totp-helper: a line with the question and the user, then the reply, up
/// to the end of the stream.
package struct HelperRequest: ~Copyable {
    package enum Question: CaseIterable {
        case isEnrolled
        case codeDigits
        case verify
        /// The same for somebody who will not be told of wrong codes.
        case verifySilently

        fileprivate var word: Text {
            switch self {
            case .isEnrolled: "enrolled "
            case .codeDigits: "digits "
            case .verify: "verify "
            case .verifySilently: "verify-silently "
            }
        }
    }

    package let question: Question
    package let user: Text
    /// What is to be verified; empty for the other questions.
    package let reply: SecretBytes

    /// More bytes than a request has: the longest name that is looked up, and a reply.
    package static let maximumLength = 1024

    private init(_ question: Question, user: Text, _ reply: consuming SecretBytes) {
        self.question = question
        self.user = user
        self.reply = reply
    }

    /// The request to say whether the user is enrolled.
    package static func isEnrolled(user: Text) -> HelperRequest {
        HelperRequest(.isEnrolled, user: user, SecretBytes([]))
    }

    /// The request to say how many digits the user's codes have.
    package static func codeDigits(of user: Text) -> HelperRequest {
        HelperRequest(.codeDigits, user: user, SecretBytes([]))
    }

    /// The request to decide on a reply.
    package static func verify(
        _ reply: borrowing Reply,
        by user: Text,
        tellingOwner: Bool = true
    ) -> HelperRequest {
        HelperRequest(
            tellingOwner ? .verify : .verifySilently,
            user: user,
            reply.canonicalText()
        )
    }

    package func encode() -> SecretBytes {
        let head = ("\(question.word)\(user)\n" as Text).utf8
        return unsafe SecretBytes(count: head.count + reply.count) { bytes in
            unsafe bytes.copyBytes(from: head)
            unsafe reply.withUnsafeBytes { reply in
                unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[head.count...])
                    .copyMemory(from: reply)
            }
        }
    }

    /// Reads a request; nil if it is none.
    package static func decode(_ bytes: borrowing SecretBytes) -> HelperRequest? {
        unsafe bytes.withUnsafeBytes { bytes in
            guard let end = unsafe bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            let line = unsafe Array(bytes[..<end])
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[(end + 1)...])
            for question in Question.allCases where line.starts(with: question.word.utf8) {
                let user = Text(line.dropFirst(question.word.utf8.count))
                return unsafe HelperRequest(question, user: user, SecretBytes(copying: rest))
            }
            return nil
        }
    }
}
