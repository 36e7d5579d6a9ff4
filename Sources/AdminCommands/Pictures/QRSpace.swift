/// Whether there is room for a whole QR code on a terminal, and what is to be said about it.
enum QRSpace {
    case drawing(QRDrawing, remark: String?)
    case nothing(reason: String?)

    /// Light modules above and below a code, where four are too many for the terminal.
    private static let fewerQuietRows = [2, 1]

    /// Finds it out for a console of so many columns and rows, or of as many as it takes.
    ///
    /// - Parameters:
    ///   - sheet: what the code is of.
    ///   - form: nil if no code is wanted.
    ///   - columns: nil if there is no end to them.
    ///   - rows: those that the code may take; nil if there is no end to them.
    ///   - hasFile: whether the code is also in a file.
    init(
        for sheet: AuthenticatorSheet,
        form: QRForm?,
        columns: Int?,
        rows: Int?,
        hasFile: Bool
    ) {
        guard let form else {
            self = .nothing(reason: nil)
            return
        }
        guard let code = QRCode(sheet.uri), let shortCode = QRCode(sheet.shortURI) else {
            self = .nothing(reason: "Issuer and account are too long for a QR code.")
            return
        }
        let (columns, rows) = (columns ?? .max, rows ?? .max)
        let drawings =
            [QRDrawing(code, as: form), QRDrawing(shortCode, as: form)]
            + Self.fewerQuietRows.map { QRDrawing(shortCode, as: form, quietRows: $0) }
        if let fitting = drawings.first(where: { $0.width <= columns && $0.lines.count <= rows }) {
            self = .drawing(fitting, remark: form.remark)
            return
        }
        let smallest = drawings[drawings.count - 1]
        var (needed, given): ([String], [String]) = ([], [])
        if smallest.width > columns {
            needed.append("\(smallest.width) columns")
            given.append("\(columns)")
        }
        if smallest.lines.count > rows {
            // With a line below the code for what comes next.
            needed.append("\(smallest.lines.count + 1) rows")
            given.append("\(rows + 1)")
        }
        let reason =
            "No room for the QR code: it takes \(needed.joined(separator: " and ")), "
            + "not \(given.joined(separator: " and "))."
        let halves = QRDrawing(shortCode, as: .halfBlocks, quietRows: 1)
        let advice = Self.advice(
            form,
            fitsHalfBlocks: halves.width <= columns && halves.lines.count <= rows
        )
        self = .nothing(reason: hasFile ? reason : "\(reason) \(advice)")
    }

    private static func advice(_ form: QRForm, fitsHalfBlocks: Bool) -> String {
        // The locale may be silent about a terminal that shows UTF-8 all the same.
        let smaller = !form.hasHalfBlocks && fitsHalfBlocks ? "--qr utf8 if this shows that, " : ""
        return "Use a larger window, \(smaller)--qr-file, or type the secret."
    }
}
