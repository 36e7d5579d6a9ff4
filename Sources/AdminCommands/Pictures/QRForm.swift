/// What a QR code is drawn with on a terminal.
enum QRForm {
    /// Half blocks, black on white by colours of their own.
    case colouredHalfBlocks
    /// Spaces, two a module, on black or white.
    case colouredSpaces
    /// Half blocks in the terminal's two colours.
    case halfBlocks
    /// `#`, two a module, in the terminal's two colours: gaps and all, it is read from a distance.
    case hashes

    /// The names that `--qr` knows, besides none.
    static let names = ["auto", "ansi", "utf8", "ascii"]

    /// The form of this name; nil if there is no such name.
    init?(named name: String, on console: Console) {
        switch name {
        case "auto": self = Self.surest(on: console)
        case "ansi": self = Environment.isUTF8 ? .colouredHalfBlocks : .colouredSpaces
        case "utf8": self = .halfBlocks
        case "ascii": self = .hashes
        default: return nil
        }
    }

    /// What is read off this console whatever its theme is, or else as well as can be.
    private static func surest(on console: Console) -> QRForm {
        switch (console.showsColours, Environment.isUTF8) {
        case (true, true): .colouredHalfBlocks
        case (true, false): .colouredSpaces
        case (false, true): .halfBlocks
        case (false, false): .hashes
        }
    }

    /// Whether a character is two modules, one above the other; else a module is two characters.
    var hasHalfBlocks: Bool { self == .colouredHalfBlocks || self == .halfBlocks }

    /// What is to be known for scanning it.
    var remark: String? {
        switch self {
        case .colouredHalfBlocks, .colouredSpaces: nil
        case .halfBlocks: "Drawn for a dark screen; on a light one use --qr ansi or --qr-file."
        case .hashes:
            "Drawn for a dark screen and a phone well away; --qr ansi or --qr-file is easier to read."
        }
    }
}
