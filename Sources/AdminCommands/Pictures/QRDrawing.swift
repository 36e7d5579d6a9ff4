/// A QR code drawn with characters.
///
/// With colours it is black on white from the 256-colour cube, which no theme changes: the same
/// picture on a dark terminal and on a light one. Without, the light modules are what is drawn, quiet
/// zone and all, because most terminals are dark; on a light one the picture is inverted as a whole,
/// which many apps read.
struct QRDrawing {
    private static let blackOnWhite = "\u{1b}[38;5;16;48;5;231m"
    private static let onBlack = "\u{1b}[48;5;16m"
    private static let onWhite = "\u{1b}[48;5;231m"
    private static let reset = "\u{1b}[0m"

    /// One string a line of the terminal.
    let lines: [String]
    /// Columns taken.
    let width: Int

    /// - Parameters:
    ///   - code: what is drawn.
    ///   - form: with what.
    ///   - quietRows: light modules above and below; nil for as many as at the sides.
    init(_ code: QRCode, as form: QRForm, quietRows: Int? = nil) {
        let range = code.rangeWithQuietZone
        width = range.count * (form.hasHalfBlocks ? 1 : 2)
        let rows = stride(
            from: quietRows.map { -$0 } ?? range.lowerBound,
            to: quietRows.map { code.size + $0 } ?? range.upperBound,
            by: form.hasHalfBlocks ? 2 : 1
        )
        lines = rows.map { row in
            let modules = range.map { column in
                let upper = code.isDark(row: row, column: column)
                let lower = code.isDark(row: row + 1, column: column)
                return switch form {
                case .colouredHalfBlocks: Self.halfBlock(upper, lower)
                case .colouredSpaces where upper == code.isDark(row: row, column: column - 1): "  "
                case .colouredSpaces: (upper ? Self.onBlack : Self.onWhite) + "  "
                case .halfBlocks: Self.halfBlock(!upper, !lower)
                case .hashes: upper ? "  " : "##"
                }
            }
            let line = modules.joined()
            return switch form {
            case .colouredHalfBlocks: Self.blackOnWhite + line + Self.reset
            case .colouredSpaces: Self.onWhite + line + Self.reset
            case .halfBlocks, .hashes: line
            }
        }
    }

    private static func halfBlock(_ upper: Bool, _ lower: Bool) -> String {
        switch (upper, lower) {
        case (true, true): "█"
        case (true, false): "▀"
        case (false, true): "▄"
        case (false, false): " "
        }
    }

    /// The drawing with `notes` to its right; nil where there are too few columns or rows for that.
    func text(beside notes: [String], columns: Int) -> String? {
        let gap = "  "
        let longest = notes.map(TerminalColumns.count).max() ?? 0
        guard width + gap.count + longest <= columns, notes.count <= lines.count else { return nil }
        let top = (lines.count - notes.count) / 2
        return lines.indices.map { index in
            let note = index - top
            return notes.indices.contains(note) ? lines[index] + gap + notes[note] : lines[index]
        }.joined(separator: "\n")
    }
}
