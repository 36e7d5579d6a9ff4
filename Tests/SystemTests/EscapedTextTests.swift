import System
import Testing

@Suite struct EscapedTextTests {
    @Test(arguments: [
        ("", ""), ("alice", "alice"), ("al ice", "al\\x20ice"), ("\"", "\\x22"), ("\\", "\\x5c"),
        ("a\nb", "a\\x0ab"), ("\u{1b}[2J", "\\x1b[2J"), ("\0", "\\x00"), ("\u{7f}", "\\x7f"),
        ("é", "\\xc3\\xa9"), ("!~", "!~"), ("'%s;$()", "'%s;$()"), ("\t", "\\x09"),
    ])
    func `what could be mistaken is written as its bytes`(plain: String, escaped: String) {
        #expect(text(plain).escaped() == text(escaped))
    }

    @Test func `whatever the bytes, a log line's field stays one field`() {
        let all = Text(UInt8.min...UInt8.max).escaped(limit: 256)
        #expect(all.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") })
    }

    @Test func `64 bytes are kept, a longer text is cut and says so`() {
        let kept = String(repeating: "a", count: 64)
        #expect(text(kept).escaped() == text(kept))
        #expect(text(kept + "a").escaped() == text(kept + "..."))
        #expect(text(String(repeating: "a", count: 100_000)).escaped() == text(kept + "..."))
    }

    @Test func `the limit counts the bytes that come in`() {
        #expect(("   " as Text).escaped(limit: 2) == "\\x20\\x20...")
        #expect(("abc" as Text).escaped(limit: 3) == "abc")
        #expect(("abc" as Text).escaped(limit: 0) == "...")
        #expect(("" as Text).escaped(limit: 0) == "")
    }
}
