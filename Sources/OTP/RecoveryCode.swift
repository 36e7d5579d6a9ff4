internal import CNettle
package import System

/// One of a person's ten recovery codes, `XXXX-XXXX-XXXX-XXXX`: a symbol for the slot it is in and
/// fifteen for 75 random bits (NIST SP 800-63B-4 §3.1.2 asks for 64), in Crockford's base 32.
package struct RecoveryCode: ~Copyable {
    /// How many codes there are in a set.
    package static let count = 10
    /// Symbols in a code, dashes not counted.
    package static let length = 16
    /// PBKDF2 rounds (RFC 8018 §4.2 names 1,000 as the least).
    ///
    /// The codes are random, not chosen: 75 bits cannot be searched at any number of rounds, so
    /// more would only slow enrollment down.
    package static let iterations: UInt32 = 1000
    /// Bytes in a hash.
    package static let hashLength = 32

    private static let alphabet = ("0123456789ABCDEFGHJKMNPQRSTVWXYZ" as Text).utf8

    /// 0 to 9: which of the set's codes this is, so that one hash decides an attempt.
    package let slot: Int
    /// The sixteen symbols, upper case, no dashes.
    private let symbols: SecretBytes

    /// A new code for a slot from 0 to 9.
    package static func generate(slot: Int) throws(SystemError) -> RecoveryCode {
        let random = try RandomBytes.secret(count: length)
        let symbols = unsafe SecretBytes(count: length) { symbols in
            unsafe random.withUnsafeBytes { random in
                for index in 0..<length {
                    unsafe symbols[index] = alphabet[Int(random[index] & 31)]
                }
            }
            unsafe symbols[0] = alphabet[slot & 31]
        }
        return RecoveryCode(slot: slot, symbols: symbols)
    }

    private init(slot: Int, symbols: consuming SecretBytes) {
        self.slot = slot
        self.symbols = symbols
    }

    /// The code that `text` has the shape of, or nil.
    ///
    /// Case, blanks and dashes do not matter, nor O for 0 and I or L for 1.
    package init?(parsing text: some Collection<UInt8>) {
        var count = 0
        var slot = 0
        for character in text where !Self.isSeparator(character) {
            guard let value = Self.alphabet.firstIndex(of: Self.canonical(character)) else {
                return nil
            }
            if count == 0 { slot = value }
            count += 1
        }
        guard count == Self.length, slot < Self.count else { return nil }
        self.slot = slot
        unsafe symbols = SecretBytes(count: Self.length) { symbols in
            var index = 0
            for character in text where !Self.isSeparator(character) {
                unsafe symbols[index] = Self.canonical(character)
                index += 1
            }
        }
    }

    private static func isSeparator(_ character: UInt8) -> Bool {
        ASCII.isBlank(character) || character == UInt8(ascii: "-")
    }

    private static func canonical(_ character: UInt8) -> UInt8 {
        switch ASCII.uppercased(character) {
        case UInt8(ascii: "O"): UInt8(ascii: "0")
        case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
        case let symbol: symbol
        }
    }

    /// The sixteen symbols without dashes, in memory that will be wiped.
    package func canonicalText() -> SecretBytes {
        unsafe symbols.withUnsafeBytes { unsafe SecretBytes(copying: $0) }
    }

    /// The code as it is shown, in groups of four.
    package func text() -> Text {
        unsafe symbols.withUnsafeBytes { symbols in
            var text: [UInt8] = []
            for unsafe(index, symbol) in unsafe symbols.enumerated() {
                if index > 0, index.isMultiple(of: 4) { text.append(UInt8(ascii: "-")) }
                text.append(symbol)
            }
            return Text(text)
        }
    }

    /// PBKDF2-HMAC-SHA-256 (RFC 8018 §5.2) of the sixteen symbols: 32 bytes.
    package func hash(
        salt: borrowing SecretBytes,
        iterations: UInt32 = Self.iterations
    ) -> SecretBytes {
        Self.hash(of: symbols, salt: salt, iterations: iterations)
    }

    /// The same of any recovery code's text, one that is not ours.
    package static func hash(
        of text: borrowing SecretBytes,
        salt: borrowing SecretBytes,
        iterations: UInt32 = Self.iterations
    ) -> SecretBytes {
        unsafe SecretBytes(count: hashLength) { hash in
            unsafe text.withUnsafeBytes { text in
                unsafe salt.withUnsafeBytes { salt in
                    let text = unsafe text.assumingMemoryBound(to: UInt8.self)
                    let salt = unsafe salt.assumingMemoryBound(to: UInt8.self)
                    let hash = unsafe hash.assumingMemoryBound(to: UInt8.self)
                    // SAFETY: every pointer is good for the count beside it.
                    unsafe nettle_pbkdf2_hmac_sha256(
                        text.count,
                        text.baseAddress,
                        max(1, iterations),
                        salt.count,
                        salt.baseAddress,
                        hash.count,
                        hash.baseAddress
                    )
                }
            }
        }
    }
}
