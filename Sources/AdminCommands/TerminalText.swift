internal import System

/// Words of files and directories as they may be shown: they must not control the terminal.
enum TerminalText {
    /// Each control character becomes `\xNN`, NN being the last eight bits of its number.
    static func shown(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control
                ? "\\x\(Hexadecimal.encode([UInt8(truncatingIfNeeded: scalar.value)]))"
                : String(scalar)
        }.joined()
    }
}
