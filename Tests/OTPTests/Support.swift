import OTP
import System

/// Text from a String that is not a literal.
func text(_ string: String) -> Text { Text(string.utf8) }

/// The secret that Google's key-uri-format page uses, twice over for 160 bits.
let exampleSecret: [UInt8] = [
    0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x21, 0xde, 0xad, 0xbe, 0xef,
    0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x21, 0xde, 0xad, 0xbe, 0xef,
]

/// The same in base 32, as `oathtool -v --hotp HEX` prints it.
let exampleSecretText = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

extension Array where Element == UInt8 {
    /// Bytes from hexadecimal that a test's table spells.
    init(hexadecimal text: String) {
        self = Hexadecimal.decode([UInt8](text.utf8)) ?? []
    }
}

extension SecretBytes {
    /// A copy of the bytes, to compare them in a test.
    var bytes: [UInt8] { withUnsafeBytes { Array($0) } }
}
