package import System
package import Verification

/// What totp-helper says: one line, words with a blank between, a name or a message last.
package enum HelperAnswer: Equatable {
    case verdict(Verdict)
    case enrolled
    case notEnrolled
    /// How many digits the codes of each authenticator have.
    case codeDigits([Int])
    /// It could not tell, and why, for the log.
    case failed(Text)

    /// More bytes than an answer has.
    package static let maximumLength = 4096

    package func encode() -> Text {
        switch self {
        case .verdict(.accepted(let acceptance)):
            switch acceptance.means {
            case .authenticator(let name):
                "accepted \(acceptance.wrongBefore) authenticator \(name)\n"
            case .recoveryCode(let left):
                "accepted \(acceptance.wrongBefore) recovery \(left)\n"
            }
        case .verdict(.refused(.wrong)): "wrong\n"
        case .verdict(.refused(.notACode)): "shapeless\n"
        case .verdict(.refused(.waiting(let seconds))): "waiting \(seconds)\n"
        case .verdict(.refused(.stopped)): "stopped\n"
        case .verdict(.refused(.replayed(let name?))): "replayed authenticator \(name)\n"
        case .verdict(.refused(.replayed(nil))): "replayed recovery\n"
        case .enrolled: "enrolled\n"
        case .notEnrolled: "unenrolled\n"
        case .codeDigits(let digits): "digits \(Self.joined(digits))\n"
        case .failed(let message): "failed \(message)\n"
        }
    }

    /// Reads an answer; nil if it is none: the helper was ended before it had one.
    package static func decode(_ bytes: some BidirectionalCollection<UInt8>) -> HelperAnswer? {
        let line = Text(bytes.dropLast())
        // One line and no more.
        guard bytes.last == UInt8(ascii: "\n"), !line.utf8.contains(UInt8(ascii: "\n")) else {
            return nil
        }
        switch line {
        case "wrong": return .verdict(.refused(.wrong))
        case "shapeless": return .verdict(.refused(.notACode))
        case "replayed recovery": return .verdict(.refused(.replayed(authenticator: nil)))
        case "stopped": return .verdict(.refused(.stopped))
        case "enrolled": return .enrolled
        case "unenrolled": return .notEnrolled
        default: break
        }
        if let name = line.rest(after: "replayed authenticator ") {
            return .verdict(.refused(.replayed(authenticator: name)))
        }
        if let number = line.rest(after: "waiting ") {
            return Decimal.parse(number.utf8).map { .verdict(.refused(.waiting(seconds: $0))) }
        }
        if let numbers = line.rest(after: "digits ") {
            let words = numbers.utf8.split(separator: UInt8(ascii: " "))
            let digits = words.compactMap { Decimal.parse($0, as: Int.self) }
            return digits.count == words.count ? .codeDigits(digits) : nil
        }
        if let message = line.rest(after: "failed ") { return .failed(message) }
        guard let accepted = line.rest(after: "accepted ") else { return nil }
        return acceptance(accepted.utf8).map { .verdict(.accepted($0)) }
    }

    private static func joined(_ numbers: [Int]) -> Text {
        Text(numbers.map { ("\($0)" as Text).utf8 }.joined(separator: (" " as Text).utf8))
    }

    private static func acceptance(_ line: [UInt8]) -> Acceptance? {
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard words.count == 3, let wrongBefore = Decimal.parse(words[0], as: UInt32.self) else {
            return nil
        }
        switch Text(words[1]) {
        case "authenticator":
            return Acceptance(
                means: .authenticator(name: Text(words[2])),
                wrongBefore: wrongBefore
            )
        case "recovery":
            guard let left = Decimal.parse(words[2], as: Int.self) else { return nil }
            return Acceptance(means: .recoveryCode(left: left), wrongBefore: wrongBefore)
        default: return nil
        }
    }
}
