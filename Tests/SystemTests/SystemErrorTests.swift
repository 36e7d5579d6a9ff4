import Foundation
import System
import Testing

@Suite struct SystemErrorTests {
    /// errno(3)'s words.
    @Test(arguments: [
        (ENOENT, "open: No such file or directory"), (EACCES, "open: Permission denied"),
        (ENOSPC, "open: No space left on device"), (99_999, "open: error 99999"),
        (-1, "open: error -1"),
    ])
    func `it says which call failed and why`(code: CInt, words: String) {
        #expect(SystemError(call: "open", code: code).description == text(words))
    }

    @Test func `only ENOENT is "not found"`() {
        let codes = (1...133).filter { SystemError(call: "open", code: $0).isNotFound }
        #expect(codes == [ENOENT])
    }

    @Test func `the failure of the last call is kept`() {
        #expect(close(-1) == -1)
        #expect(SystemError.last("close") == SystemError(call: "close", code: EBADF))
    }
}
