internal import ArgumentParser

/// How a secret's QR code is shown, for every command that shows one.
struct PictureOptions: ParsableArguments {
    @Option(
        name: .customLong("qr"),
        help: ArgumentHelp(
            "What the QR code is drawn with: ansi (black on white), utf8 or ascii (no colours), none; auto goes by the terminal and the locale.",
            valueName: "form"
        ),
        completion: .list(QRForm.names + ["none"])
    )
    var formName = "auto"

    @Option(
        name: .customLong("qr-file"),
        help: ArgumentHelp(
            "Write the QR code to a new file, which root alone may read; its name ends in .svg or .png.",
            valueName: "path"
        ),
        completion: .file(extensions: QRPicture.allCases.map(\.rawValue))
    )
    var path: String?

    /// Writes the picture file, if one is wanted, runs `show` and then `save`, and removes the file if
    /// one of them fails.
    ///
    /// - Returns: what `save` returned.
    func withFile<Result>(
        of uri: String,
        show: () throws -> Void,
        save: () throws -> Result
    ) throws -> Result {
        try checkForm()
        guard let path else {
            try show()
            return try save()
        }
        try NewSecretFile.checkName(path)
        guard let picture = QRPicture(ofFileNamed: path) else {
            throw AdminError(.usage, "the name of '\(path)' does not end in .svg or .png")
        }
        guard let code = QRCode(uri) else {
            throw AdminError(.dataError, "issuer and account are too long for a QR code")
        }
        let file = try PictureFile.create(path, contents: picture.contents(code))
        return try file.keep(after: show, saving: save)
    }

    /// Shows the sheet, with the QR code where there is room for the whole of it and the next line.
    ///
    /// - Returns: whether that line must follow at once, or the code's top is gone.
    @discardableResult
    func show(_ sheet: AuthenticatorSheet, on console: Console) throws -> Bool {
        let (columns, rows) = (console.columns, console.rows)
        let space = QRSpace(
            for: sheet,
            form: form(for: console),
            columns: columns,
            rows: rows.map { $0 - 1 },
            hasFile: path != nil
        )
        let layout = SheetLayout(
            sheet,
            in: space,
            file: path.map { "The QR code is in '\($0)'." },
            columns: columns,
            rows: rows
        )
        try console.writeLine(layout.text)
        return layout.isTight
    }

    private func checkForm() throws(AdminError) {
        if formName == "none" || QRForm.names.contains(formName) { return }
        let names = QRForm.names.joined(separator: ", ")
        throw AdminError(.usage, "'\(formName)' is not \(names) or none")
    }

    /// The form to draw; nil for none.
    private func form(for console: Console) -> QRForm? { QRForm(named: formName, on: console) }
}
