import OTP
import System
import Testing
import Verification

/// What a reply is taken for.
enum Shape: Equatable {
    case code(UInt32, digits: Int)
    case recoveryCode(slot: Int)
    case unrecognised

    init(_ bytes: [UInt8]) {
        switch Reply(parsing: bytes) {
        case .code(let code, let digits): self = .code(code, digits: digits)
        case .recoveryCode(let code): self = .recoveryCode(slot: code.slot)
        case .unrecognised: self = .unrecognised
        }
    }

    init(_ string: String) { self.init(Array(string.utf8)) }
}

@Suite struct ReplyTests {
    @Test(arguments: [
        ("123456", Shape.code(123_456, digits: 6)), ("1234567", .code(1_234_567, digits: 7)),
        ("12345678", .code(12_345_678, digits: 8)), ("000000", .code(0, digits: 6)),
        ("00000001", .code(1, digits: 8)), ("99999999", .code(99_999_999, digits: 8)),
        ("001234", .code(1234, digits: 6)),
    ])
    func `six to eight digits are a code`(typed: String, shape: Shape) {
        #expect(Shape(typed) == shape)
    }

    @Test(arguments: ["123 456", " 123456", "123456 ", "1 2 3 4 5 6", "\t123\t456\t", "12 34 56"])
    func `blanks in a code are passed over`(typed: String) {
        #expect(Shape(typed) == .code(123_456, digits: 6))
    }

    @Test(arguments: [
        "", " ", "\t", "1", "12345", "123456789", "0123456789", "123456789012345",
        "12345678901234567", "99999999999999999999999999999999",
    ])
    func `any other number of digits is nothing`(typed: String) {
        #expect(Shape(typed) == .unrecognised)
    }

    @Test(arguments: [
        "12345a", "a123456", "123456a", "password", "correct horse battery staple", "123-456",
        "123.456", "+123456", "-123456", "0x1234", "123456\n", "123456\r", "\0", "123456\0",
        "\u{0}123456", "123\u{b}456", "123\u{a0}456", "１２３４５６", "١٢٣٤٥٦", "\u{1b}[A123456",
    ])
    func `a byte that is no digit makes it no code`(typed: String) {
        #expect(Shape(typed) == .unrecognised)
    }

    @Test(
        arguments: [
            [0xff], [0xc3, 0x28], [0x80, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36],
            [0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0xfe], [UInt8](repeating: 0xff, count: 16),
        ] as [[UInt8]]
    )
    func `bytes that are not UTF-8 are nothing`(typed: [UInt8]) {
        #expect(Shape(typed) == .unrecognised)
    }

    @Test(arguments: [
        "3ABC-DEFG-HJKM-NPQR", "3abcdefghjkmnpqr", "3ABC DEFG HJKM NPQR", "3abc-DEFG hjkm-NPQR",
        " 3ABC-DEFG-HJKM-NPQR ", "3iLo-IlOo-iLlI-oO01",
    ])
    func `a recovery code is one in every spelling`(typed: String) {
        #expect(Shape(typed) == .recoveryCode(slot: 3))
    }

    @Test func `sixteen digits are a recovery code, not a number`() {
        #expect(Shape("3456789012345678") == .recoveryCode(slot: 3))
        #expect(Shape("3456 7890 1234 5678") == .recoveryCode(slot: 3))
    }

    @Test(arguments: [
        "ABCD-DEFG-HJKM-NPQR", "3ABC-DEFG-HJKM-NPQ", "3ABC-DEFG-HJKM-NPQRS", "3UBC-DEFG-HJKM-NPQR",
        "3ABC-DEFG-HJKM-NPQ\0", "3ABC_DEFG_HJKM_NPQR", "----------------",
    ])
    func `what is nearly a recovery code is nothing`(typed: String) {
        #expect(Shape(typed) == .unrecognised)
    }

    @Test func `64 bytes are read, 65 are not`() {
        let digits = "123456"
        #expect(
            Shape(digits + String(repeating: " ", count: 58)) == .code(123_456, digits: 6)
        )
        #expect(Shape(digits + String(repeating: " ", count: 59)) == .unrecognised)
        let recovery = "3ABC-DEFG-HJKM-NPQR"
        #expect(
            Shape(String(repeating: "-", count: 45) + recovery) == .recoveryCode(slot: 3)
        )
        #expect(Shape(String(repeating: "-", count: 46) + recovery) == .unrecognised)
        #expect(Shape([UInt8](repeating: 0x31, count: 1_000_000)) == .unrecognised)
    }

    @Test func `no single byte is a code`() {
        for byte in UInt8.min...UInt8.max { #expect(Shape([byte]) == .unrecognised) }
    }
}
