/// Whether there is room for a QR code on a terminal, and what is to be said about it.
enum QRSpace {
    case drawing(QRDrawing, remark: String?)
    case nothing(reason: String?)

    /// Finds it out for a console of so many columns, or of as many as it takes.
    ///
    /// - Parameters:
    ///   - uri: what the code says.
    ///   - form: nil if no code is wanted.
    ///   - columns: nil if there is no end to them.
    ///   - hasFile: whether the code is also in a file.
    init(for uri: String, form: QRForm?, columns: Int?, hasFile: Bool) {
        guard let form else {
            self = .nothing(reason: nil)
            return
        }
        guard let code = QRCode(uri) else {
            self = .nothing(reason: "Issuer and account are too long for a QR code.")
            return
        }
        let drawing = QRDrawing(code, as: form)
        if let columns, columns < drawing.width {
            let reason =
                "No room for the QR code: it takes \(drawing.width) columns, not \(columns)."
            let advice = Self.advice(form, fitsHalfBlocks: code.rangeWithQuietZone.count <= columns)
            self = .nothing(reason: hasFile ? reason : "\(reason) \(advice)")
        } else {
            self = .drawing(drawing, remark: form.remark)
        }
    }

    private static func advice(_ form: QRForm, fitsHalfBlocks: Bool) -> String {
        // The locale may be silent about a terminal that shows UTF-8 all the same.
        let smaller = !form.hasHalfBlocks && fitsHalfBlocks ? "--qr utf8 if this shows that, " : ""
        return "Use a wider window, \(smaller)--qr-file, or type the secret."
    }
}
