import System
import Testing

@Suite struct TextTests {
    @Test func `numbers are written in decimal, the ends of every width too`() {
        #expect("\(0)" as Text == "0")
        #expect("\(-1)" as Text == "-1")
        #expect("\(10)" as Text == "10")
        #expect("\(Int8.min) \(Int8.max)" as Text == "-128 127")
        #expect("\(Int64.min)" as Text == "-9223372036854775808")
        #expect("\(Int.min)" as Text == "-9223372036854775808")
        #expect("\(Int64.max)" as Text == "9223372036854775807")
        #expect("\(UInt64.max)" as Text == "18446744073709551615")
    }

    /// As chmod(1) and stat -c %04a spell them.
    @Test(arguments: [
        (FileMode(0), "0"), (0o1, "01"), (0o22, "022"), (0o640, "0640"), (0o644, "0644"),
        (0o2755, "02755"), (0o7777, "07777"),
    ])
    func `a mode is written in octal with a zero in front`(mode: FileMode, expected: String) {
        #expect("\(mode: mode)" as Text == text(expected))
    }

    @Test func `interpolation puts the pieces together`() {
        let name: Text = "alice"
        #expect("user=\(name) uid=\(1000 as UserID)." as Text == "user=alice uid=1000.")
        #expect("" as Text == Text([]))
    }

    @Test func `texts are equal byte for byte`() {
        let precomposed: Text = "\u{e9}"
        let decomposed: Text = "e\u{301}"
        #expect(precomposed != decomposed)
        #expect(precomposed == Text([0xc3, 0xa9]))
        #expect(("a" as Text) != "A")
        #expect(("a" as Text) != "ab")
    }

    @Test func `a switch matches literals`() {
        func isKnown(_ text: Text) -> Bool {
            switch text {
            case "known": true
            default: false
            }
        }
        #expect(isKnown(Text("known".utf8)))
        #expect(!isKnown("unknown"))
        #expect(!isKnown(""))
    }

    @Test func `C's text ends at its NUL`() {
        let read = "abc\0def".withCString { Text(cString: $0) }
        #expect(read == "abc")
        #expect(Text(cString: ("Zürich" as Text).terminated) == "Zürich")
        #expect(Text(cString: ("" as Text).terminated).isEmpty)
    }
}
