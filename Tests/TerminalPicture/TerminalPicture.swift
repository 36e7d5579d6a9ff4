/// A picture of what a terminal showed, as somebody's phone would see it.
package struct TerminalPicture {
    package let width: Int
    package let height: Int
    /// Brightness, row by row from the top, 0 black to 255 white.
    package let pixels: [UInt8]

    /// A character is twice as high as it is wide; half of one is a square of so many pixels.
    private static let square = 6

    /// Draws what a terminal of so many columns shows after these bytes.
    package init(of bytes: some Collection<UInt8>, on theme: Theme, columns: Int = 80) {
        var screen = Screen(theme: theme, columns: columns)
        screen.show(bytes)
        width = columns * Self.square
        height = screen.rows.count * 2 * Self.square
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height)
        for row in screen.rows {
            for isLower in [false, true] {
                let line = row.flatMap { cell in
                    repeatElement(isLower ? cell.lower : cell.upper, count: Self.square)
                }
                for _ in 0..<Self.square { pixels += line }
            }
        }
        self.pixels = pixels
    }

    /// The picture as a file, in the format of pgm(5).
    package var pgm: [UInt8] {
        Array("P5\n\(width) \(height)\n255\n".utf8) + pixels
    }
}
