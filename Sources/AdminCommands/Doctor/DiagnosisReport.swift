internal import Doctor

/// How a diagnosis is told: to programs as JSON, to people as a line with what proves it and what
/// mends it below.
struct DiagnosisReport: Encodable {
    let level: String
    let subject: String
    let text: String
    let evidence: [String]
    let remedy: String?

    init(_ diagnosis: Diagnosis) {
        level = diagnosis.level.rawValue
        subject = diagnosis.subject
        text = diagnosis.text
        evidence = diagnosis.evidence
        remedy = diagnosis.remedy
    }

    var lines: String {
        let word = level + String(repeating: " ", count: max(0, 9 - level.count))
        let coloured = Console.output.showsColours ? "\u{1b}[\(colour)m\(word)\u{1b}[0m" : word
        let rest =
            evidence.map { "           \($0)" } + (remedy.map { ["           mend: \($0)"] } ?? [])
        let texts = ["\(subject): \(text)"] + rest
        return coloured + texts.map { TerminalText.shown($0) + "\n" }.joined()
    }

    /// SGR's number: red, yellow, green, none.
    private var colour: String {
        switch level {
        case "problem": "31"
        case "warning": "33"
        case "ok": "32"
        default: "0"
        }
    }
}
