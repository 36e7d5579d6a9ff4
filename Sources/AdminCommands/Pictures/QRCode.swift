internal import CQRencode
internal import Glibc

/// A QR code (ISO/IEC 18004), as libqrencode makes it.
struct QRCode {
    /// Modules on a side.
    let size: Int
    /// Rows, or columns, with four light modules on each side, as ISO/IEC 18004 asks for.
    var rangeWithQuietZone: Range<Int> { -4..<size + 4 }
    private let dark: [Bool]

    /// The smallest code that holds `text`, at the lowest level of error correction: it is read off
    /// a screen, where nothing gets dirty, and a smaller code has larger modules.
    ///
    /// A secret in base 32 is in the mode for capital letters and figures, the rest in bytes.
    /// Nil if the text is too long for any code.
    init?(_ text: String) {
        // SAFETY: the result is ours, `width` squared bytes, and freed when they have been copied.
        guard let code = unsafe QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 1) else {
            return nil
        }
        defer { unsafe QRcode_free(code) }
        size = unsafe Int(code.pointee.width)
        dark = unsafe UnsafeBufferPointer(start: code.pointee.data, count: size * size)
            .map { $0 & 1 == 1 }
    }

    /// Whether a module is dark; those outside, the quiet zone, are light.
    func isDark(row: Int, column: Int) -> Bool {
        let inside = 0..<size
        return inside.contains(row) && inside.contains(column) && dark[row * size + column]
    }
}
