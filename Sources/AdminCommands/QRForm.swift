/// What a QR code is drawn with on a terminal.
enum QRForm: String, CaseIterable {
    /// Half blocks, black on white by colours of their own.
    case ansi
    /// Half blocks in the terminal's two colours.
    case utf8
    /// Two `#` a module in the terminal's two colours.
    case ascii

    /// Columns that a module takes.
    var columns: Int { self == .ascii ? 2 : 1 }

    /// The form that is sure to be read off what this console shows, or as sure as there is.
    init(for console: Console) {
        if !Environment.isUTF8 {
            self = .ascii
        } else {
            self = console.showsColours ? .ansi : .utf8
        }
    }
}
