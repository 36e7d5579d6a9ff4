internal import ArgumentParser

/// How a secret's QR code is shown, for every command that shows one.
struct PictureOptions: ParsableArguments {
    @Option(
        name: .customLong("qr"),
        help: ArgumentHelp(
            "What the QR code is drawn with: ansi (black on white), utf8 or ascii (no colours), none, or auto, which goes by the terminal and the locale.",
            valueName: "form"
        ),
        completion: .list(["auto", "none"] + QRForm.allCases.map(\.rawValue))
    )
    var formName = "auto"

    /// Shows the sheet, with the QR code where there is room for it.
    func show(_ sheet: AuthenticatorSheet, on console: Console) throws {
        let columns = console.columns
        let space = QRSpace(
            for: sheet.uri,
            form: try form(for: console),
            columns: columns
        )
        let parts: [String?] =
            switch space {
            case .drawing(let drawing, let remark):
                [
                    drawing.text(beside: sheet.notes(besideCode: true), columns: columns ?? 80),
                    remark,
                ]
            case .nothing(let reason):
                [reason, sheet.notes(besideCode: false).joined(separator: "\n")]
            }
        try console.writeLine(parts.compactMap(\.self).joined(separator: "\n\n"))
    }

    /// The form to draw; nil for none.
    private func form(for console: Console) throws(AdminError) -> QRForm? {
        switch formName {
        case "auto": return QRForm(for: console)
        case "none": return nil
        default:
            guard let form = QRForm(rawValue: formName) else {
                throw AdminError(.usage, "'\(formName)' is not auto, ansi, utf8, ascii or none")
            }
            return form
        }
    }
}
