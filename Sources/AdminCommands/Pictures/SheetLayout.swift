/// What a terminal shows of an authenticator: its QR code, whole, and what there is to read.
struct SheetLayout {
    let text: String
    /// Whether the code stays whole only if the next line follows it at once.
    let isTight: Bool

    /// - Parameters:
    ///   - sheet: what is shown.
    ///   - space: the room that there is for its code.
    ///   - file: what to say of a file with the code, if there is one.
    ///   - columns: nil if there is no end to them.
    ///   - rows: nil if there is no end to them.
    init(_ sheet: AuthenticatorSheet, in space: QRSpace, file: String?, columns: Int?, rows: Int?) {
        switch space {
        case .nothing(let reason):
            let notes = sheet.notes(besideCode: false).joined(separator: "\n")
            text = Self.paragraphs([reason, notes, file])
            isTight = false
        case .drawing(let drawing, let remark):
            let notes = sheet.notes(besideCode: true)
            let columns = columns ?? 80
            let beside = drawing.text(beside: notes, columns: columns)
            let code = beside ?? drawing.lines.joined(separator: "\n")
            let rest = [beside == nil ? notes.joined(separator: "\n") : nil, remark, file]
            let height = rest.compactMap(\.self).reduce(drawing.lines.count) { height, part in
                height + 1 + Self.height(of: part, columns: columns)
            }
            // An empty line and the next one come below all of it.
            isTight = rows.map { height + 2 > $0 } ?? false
            text = Self.paragraphs(isTight ? rest.reversed() + [code] : [code] + rest)
        }
    }

    private static func paragraphs(_ parts: [String?]) -> String {
        parts.compactMap(\.self).joined(separator: "\n\n")
    }

    /// How many lines of a terminal a paragraph takes.
    private static func height(of paragraph: String, columns: Int) -> Int {
        paragraph.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) {
            $0 + max(1, (TerminalColumns.count(of: String($1)) + columns - 1) / columns)
        }
    }
}
