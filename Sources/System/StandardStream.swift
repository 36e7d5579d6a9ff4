internal import CSystem

/// Standard input or output, of which nothing is known.
package struct StandardStream {
    package static let input = StandardStream(raw: 0)
    package static let output = StandardStream(raw: 1)

    private let raw: CInt

    package var isTerminal: Bool { isatty(raw) == 1 }

    /// Everything up to the end of the stream; nil if that fails or there is more than `limit`.
    package func readAll(limit: Int) -> SecretBytes? {
        var length = 0
        let buffer = unsafe SecretBytes(count: limit + 1) { buffer in
            while length <= limit {
                // SAFETY: the address and the count stay within `buffer`.
                let got = unsafe read(
                    raw,
                    buffer.baseAddress?.advanced(by: length),
                    limit + 1 - length
                )
                if got < 0, totp_errno() == EINTR { continue }
                if got < 0 { length = limit + 1 }
                if got <= 0 { break }
                length += got
            }
        }
        guard length <= limit else { return nil }
        return unsafe buffer.withUnsafeBytes {
            unsafe SecretBytes(copying: .init(rebasing: $0[..<length]))
        }
    }

    /// Whether all of it was written.
    package func write(_ text: Text) -> Bool {
        // SAFETY: the address and the count are those of the text.
        unsafe text.utf8.withUnsafeBytes { bytes in
            unsafe CSystem.write(raw, bytes.baseAddress, bytes.count) == bytes.count
        }
    }
}
