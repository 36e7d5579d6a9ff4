/// A QR code drawn with half blocks, two modules a character.
///
/// The colours are explicit, black on white from the 256-colour cube, which no theme changes: the
/// same picture on a dark terminal and on a light one.
struct QRDrawing {
    /// Light modules on each side, as ISO/IEC 18004 asks for.
    private static let quietZone = 4
    private static let colours = "\u{1b}[38;5;16;48;5;231m"
    private static let reset = "\u{1b}[0m"

    /// One string a line of the terminal.
    let lines: [String]
    /// Columns taken.
    let width: Int

    init(_ code: QRCode) {
        let range = -Self.quietZone..<code.size + Self.quietZone
        width = range.count
        lines = stride(from: range.lowerBound, to: range.upperBound, by: 2).map { row in
            let blocks = range.map { column in
                switch (
                    code.isDark(row: row, column: column), code.isDark(row: row + 1, column: column)
                ) {
                case (true, true): "█"
                case (true, false): "▀"
                case (false, true): "▄"
                case (false, false): " "
                }
            }
            return Self.colours + blocks.joined() + Self.reset
        }
    }

    /// The drawing with `notes` to its right, or below where `columns` are too few for both.
    func text(beside notes: [String], columns: Int) -> String {
        let gap = "  "
        let longest = notes.map(\.count).max() ?? 0
        guard width + gap.count + longest <= columns else {
            return (lines + [""] + notes).joined(separator: "\n")
        }
        let top = max(0, (lines.count - notes.count) / 2)
        return lines.indices.map { index in
            let note = index - top
            return notes.indices.contains(note) ? lines[index] + gap + notes[note] : lines[index]
        }.joined(separator: "\n")
    }
}
