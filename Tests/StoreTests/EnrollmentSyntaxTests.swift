import EnrollmentContents
import OTP
import Store
import System
import Testing
import Verification

@Suite struct EnrollmentSyntaxTests {
    private static let header = "pam-totp enrollment 1\nuser 1000 alice\n"
    private static let set = "recovery 0000000000000007 1000 000102030405060708090a0b0c0d0e0f\n"
    private static let codes = String(
        repeating: "code \(String(repeating: "ab", count: 32))\n",
        count: 10
    )

    private func lineRefused(_ file: String) -> Int? {
        do throws(StoreError) {
            _ = try EnrollmentContents(decoding: Array(file.utf8))
        } catch {
            if case .malformed(_, let line, _) = error { return line }
        }
        return nil
    }

    @Test func `a shortest file is read`() throws {
        let contents = try EnrollmentContents(decoding: Array((Self.header + "end 0\n").utf8))
        #expect(contents.name == "alice")
        #expect(contents.authenticators.isEmpty)
        #expect(contents.recovery == nil)
        let whole = Self.header + Self.set + Self.codes + "end 0\n"
        #expect(try EnrollmentContents(decoding: Array(whole.utf8)).recovery?.hashes.count == 10)
    }

    @Test(arguments: [
        ("", 1), ("\n", 1), ("pam-totp enrollment 2\nuser 1000 alice\nend 0\n", 1),
        ("pam-totp enrollment 1 \nuser 1000 alice\nend 0\n", 1),
        ("Pam-totp enrollment 1\nuser 1000 alice\nend 0\n", 1),
        (header.replacing("\n", with: "\r\n") + "end\r\n", 1),
    ])
    func `a file of another version or kind is refused`(file: String, line: Int) {
        #expect(lineRefused(file) == line)
    }

    @Test(arguments: [
        "user 1000", "user 1000 ", "user  alice", "user alice 1000", "user -1000 alice",
        "user 4294968296 alice", "user 1001 alice", "usr 1000 alice", "User 1000 alice", "",
        "user\t1000\talice", "user 1000.0 alice", "user 1000 al\u{1b}[2Jice",
        "user 1000 al\u{9b}2Jice",
    ])
    func `a line that does not name this user is refused`(user: String) {
        #expect(lineRefused("pam-totp enrollment 1\n\(user)\nend 0\n") == 2)
    }

    @Test(arguments: [
        "", "End", "end ", "ends", "authenticator", "authenticator 1 totp", "code ab", "# comment",
        "recovery 0000000000000007 1000", "recovery 0000000000000007 0 \(saltText)",
        "recovery 0000000000000007 100001 \(saltText)", "recovery 0000000000000007 -1 \(saltText)",
        "recovery 0000000000000007 4294967296 \(saltText)", "recovery 7 1000 \(saltText)",
        "recovery 0000000000000007 1000 \(saltText)00", "recovery 0000000000000007 1000 00",
    ])
    func `a line that is no item is refused`(line: String) {
        #expect(lineRefused(Self.header + line + "\nend 0\n") == 3)
    }

    private static let saltText = "000102030405060708090a0b0c0d0e0f"

    @Test func `ten hashes of 32 bytes make a set, no more and no less`() {
        let hash = "code \(String(repeating: "ab", count: 32))\n"
        let nine = String(repeating: hash, count: 9)
        #expect(lineRefused(Self.header + Self.set + nine + "end 0\n") == 13)
        #expect(lineRefused(Self.header + Self.set + nine + hash + hash + "end 0\n") == 14)
        for bad in [
            "code ab\n", "code \n", hash.uppercased(),
            "code \(String(repeating: "ab", count: 33))\n",
        ] {
            #expect(lineRefused(Self.header + Self.set + bad + nine + "end 0\n") == 4)
        }
    }

    @Test func `a second set of recovery codes is refused`() {
        let twice = Self.header + Self.set + Self.codes + Self.set + Self.codes + "end 0\n"
        #expect(lineRefused(twice) == 14)
    }

    @Test func `seventeen authenticators are too many`() throws {
        let authenticators = try (1...17).map { try authenticator("app \($0)", id: UInt64($0)) }
        let bytes = try encoded(
            Enrollment(uid: 1000, name: "alice", authenticators: authenticators)
        )
        #expect(lineRefused(String(decoding: bytes, as: UTF8.self)) != nil)
    }
}
