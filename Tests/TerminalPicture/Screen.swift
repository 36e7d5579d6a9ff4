/// The characters on a terminal that never scrolls, each as two squares, one above the other.
struct Screen {
    struct Cell {
        var upper: UInt8
        var lower: UInt8
    }

    private(set) var rows: [[Cell]] = []
    private let columns: Int
    private let blank: Cell
    private var rendition: GraphicRendition
    private var row = 0
    private var column = 0

    init(theme: Theme, columns: Int) {
        self.columns = columns
        rendition = GraphicRendition(theme: theme)
        blank = Cell(upper: theme.background, lower: theme.background)
        reachRow()
    }

    /// Shows UTF-8 text with its control characters and sequences.
    mutating func show(_ bytes: some Collection<UInt8>) {
        var rest = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\u{1B}": obeyEscape(&rest)
            case "\n":  // as a terminal's driver hands it on, with a return
                row += 1
                column = 0
                reachRow()
            case "\r": column = 0
            case "\t": column = min(column / 8 * 8 + 8, columns - 1)
            case "\u{08}": column = max(0, column - 1)
            case _ where scalar.value < 0x20: break
            default: put(scalar)
            }
        }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        let width = Self.isWide(scalar) ? 2 : 1
        if column + width > columns {
            row += 1
            column = 0
            reachRow()
        }
        for _ in 0..<width {
            rows[row][column] = cell(for: scalar)
            column += 1
        }
    }

    /// Whether a sign takes two columns: Chinese, Japanese and Korean ones, and pictures (Unicode
    /// Standard Annex 11).
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

    /// A letter or another sign is drawn as something between its ink and its paper.
    private func cell(for scalar: Unicode.Scalar) -> Cell {
        let ink = rendition.ink
        let paper = rendition.paper
        switch scalar {
        case "█": return Cell(upper: ink, lower: ink)
        case "▀": return Cell(upper: ink, lower: paper)
        case "▄": return Cell(upper: paper, lower: ink)
        case " ", "\u{A0}": return Cell(upper: paper, lower: paper)
        default:
            let grey = UInt8((Int(ink) + Int(paper)) / 2)
            return Cell(upper: grey, lower: grey)
        }
    }

    /// Takes what follows an escape character.
    ///
    /// Only colours change anything here: a program that moves the cursor about draws what this
    /// cannot show, and a reader of the picture will notice.
    private mutating func obeyEscape(_ rest: inout Substring.UnicodeScalarView) {
        guard rest.popFirst() == "[" else { return }
        var text = ""
        while let scalar = rest.popFirst() {
            guard !("@"..."~").contains(scalar) else {
                if scalar == "m" { rendition.apply(Self.parameters(in: text)) }
                return
            }
            text.unicodeScalars.append(scalar)
        }
    }

    /// Numbers between semicolons; one left out is 0.
    private static func parameters(in text: String) -> [Int] {
        text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    }

    private mutating func reachRow() {
        while rows.count <= row { rows.append(Array(repeating: blank, count: columns)) }
    }
}
