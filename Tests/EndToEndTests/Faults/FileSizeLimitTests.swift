import Foundation
import Testing

/// su keeps its caller's RLIMIT_FSIZE: the write of the state then gets EFBIG and SIGXFSZ.
@Suite struct FileSizeLimitTests {
    /// Limits that end before the file, inside it, and before its last bytes.
    @Test(
        arguments: [0, 1000, 4096, 6000, 8191],
        [["env"], ["env", "--ignore-signal=XFSZ"]]
    )
    func `the host lives and the answer is the same whatever was typed`(
        limit: Int,
        signal: [String]
    ) throws {
        let site = try Site()
        // Both new, so that both write the same slot.
        let (guesser, person) = (try site.enroll(), try site.enroll())
        // pam-login's own answer goes through a pipe: a file could not be written either.
        let limited =
            ["sh", "-c", "\"$@\" | cat", "sh"] + signal + ["prlimit", "--fsize=\(limit)"]
        let wrong = try site.login([(guesser, guesser.wrongCode)], under: limited)[0]
        let right = try site.login([(person, person.code())], under: limited)[0]
        if wrong.code == Answer.refused {
            #expect(right.code == Answer.success)
        } else {
            #expect(wrong.code == Answer.unavailable)
            #expect(right == wrong)
        }
        let next = try site.login(person, person.code(1))
        #expect(next.code == Answer.success)
    }
}
