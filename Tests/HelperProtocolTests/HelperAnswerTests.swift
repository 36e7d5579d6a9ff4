import System
import Testing
import Verification

@testable import HelperProtocol

@Suite struct HelperAnswerTests {
    private static let answers: [HelperAnswer] = [
        .verdict(.accepted(Acceptance(means: .authenticator(name: "phone"), wrongBefore: 0))),
        .verdict(
            .accepted(Acceptance(means: .authenticator(name: "old  phone 2"), wrongBefore: .max))
        ),
        .verdict(.accepted(Acceptance(means: .recoveryCode(left: 0), wrongBefore: 3))),
        .verdict(.refused(.wrong)),
        .verdict(.refused(.notACode)),
        .verdict(.refused(.waiting(seconds: 900))),
        .verdict(.refused(.stopped)),
        .verdict(.refused(.replayed(authenticator: "old  phone 2"))),
        .verdict(.refused(.replayed(authenticator: nil))),
        .enrolled, .notEnrolled, .codeDigits([6]), .codeDigits([8, 6, 6]), .codeDigits([]),
        .failed("'/a b': no such file"),
    ]

    @Test(arguments: answers) func `what is written reads back the same`(answer: HelperAnswer) {
        let line = answer.encode()
        #expect(HelperAnswer.decode(line.utf8) == answer)
        #expect(line.utf8.filter { $0 == UInt8(ascii: "\n") }.count == 1)
    }

    /// A helper that was ended while it wrote must not be taken for one that said yes.
    @Test(arguments: answers) func `a part of an answer is none`(answer: HelperAnswer) {
        let line = answer.encode().utf8
        for length in 0..<line.count {
            #expect(HelperAnswer.decode(line.prefix(length)) == nil, "\(length) bytes")
        }
    }

    @Test(arguments: [
        "", "\n", "accepted\n", "accepted 0\n", "accepted 0 authenticator\n",
        "accepted x authenticator phone\n", "accepted -1 recovery 3\n", "accepted 0 recovery x\n",
        "accepted 4294967296 authenticator phone\n", "accepted 0 device phone\n",
        "Accepted 0 authenticator phone\n", "wrong \n", "wrong\n\n", "waiting\n", "waiting x\n",
        "waiting 99999999999999999999\n", "digits x\n", "digits 6 x\n", "replayed\n",
        "wrong\naccepted 0 authenticator phone\n", "accepted 0 authenticator phone\nmore\n",
        "failed because\nof that\n", "replayed authenticator a\nb\n",
    ])
    func `anything else is none`(line: String) {
        #expect(HelperAnswer.decode(Array(line.utf8)) == nil)
    }
}
