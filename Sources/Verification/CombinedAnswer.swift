internal import OTP
internal import System

/// A password with a code behind it, as people type them where a program asks only once.
package enum CombinedAnswer {
    /// The length of a recovery code as it is shown, `XXXX-XXXX-XXXX-XXXX`.
    ///
    /// Without its dashes it could not be told from the end of a password.
    private static let recoveryCodeLength = 19

    /// How many bytes at the end of an answer are the code.
    ///
    /// A recovery code, or as many digits as the codes of the person have. If their authenticators
    /// differ in that, it is the most digits that are there.
    ///
    /// - Parameters:
    ///   - answer: what was typed.
    ///   - digits: how many the codes of each of the person's authenticators have.
    /// - Returns: the number of bytes, 0 if there is no code.
    package static func codeLength(
        atEndOf answer: UnsafeRawBufferPointer,
        digits: [Int]
    ) -> Int {
        if unsafe hasRecoveryCode(atEndOf: answer) { return recoveryCodeLength }
        let run = unsafe answer.reversed().prefix(while: ASCII.isDigit).count
        return digits.filter { $0 <= run }.max() ?? 0
    }

    private static func hasRecoveryCode(atEndOf answer: UnsafeRawBufferPointer) -> Bool {
        let end = unsafe UnsafeRawBufferPointer(rebasing: answer.suffix(recoveryCodeLength))
        guard end.count == recoveryCodeLength else { return false }
        let dashes = end.indices.filter { unsafe end[$0] == UInt8(ascii: "-") }
        guard dashes == [4, 9, 14] else { return false }
        return unsafe RecoveryCode(parsing: end) != nil
    }
}
