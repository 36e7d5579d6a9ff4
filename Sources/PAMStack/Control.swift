/// What libpam does with a module's result.
package enum Action: Equatable, Sendable {
    case ignore, ok, done, bad, die, reset
    /// Skips that many lines; at least 1.
    case jump(Int)
}

/// The second field of a line: an action for each result.
package struct Control: Equatable, Sendable {
    private var actions: [Action]

    package subscript(result: ReturnCode) -> Action { actions[result.rawValue] }

    /// What a line comes to that libpam cannot make sense of.
    static let bad = Control(default: .bad)

    private init(default action: Action, _ others: [ReturnCode: Action] = [:]) {
        actions = ReturnCode.allCases.map { others[$0] ?? action }
    }

    /// One of the four words, in any case; nil for any other.
    init?(keyword: String) {
        switch keyword.lowercased() {
        case "required":
            self.init(default: .bad, [.success: .ok, .newAuthtokReqd: .ok, .ignore: .ignore])
        case "requisite":
            self.init(default: .die, [.success: .ok, .newAuthtokReqd: .ok, .ignore: .ignore])
        case "sufficient":
            self.init(default: .ignore, [.success: .done, .newAuthtokReqd: .done])
        case "optional":
            self.init(default: .ignore, [.success: .ok, .newAuthtokReqd: .ok])
        default: return nil
        }
    }

    /// What stands between brackets: `value=action`, blanks anywhere but within a word.
    ///
    /// The first `default` decides for all that has no action yet; a later value still overrides it. nil
    /// if it makes no sense: libpam then takes every result as bad.
    init?(pairs text: String) {
        var reader = ControlReader(text)
        var actions = [Action?](repeating: nil, count: ReturnCode.allCases.count)
        while reader.skipBlanks() {
            let results: [ReturnCode]
            if let result = ReturnCode.allCases.first(where: { reader.skip($0.name) }) {
                results = [result]
            } else if reader.skip("default") {
                results = ReturnCode.allCases.filter { actions[$0.rawValue] == nil }
            } else {
                return nil
            }
            guard reader.skipBlanks(), reader.skip("="), reader.skipBlanks(),
                let action = reader.action()
            else { return nil }
            for result in results { actions[result.rawValue] = action }
        }
        self.actions = actions.map { $0 ?? .bad }
    }
}

/// Reads a control as libpam does: by prefix, so that `ok1=…` is `ok` and then something else.
private struct ControlReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    /// - Returns: whether anything is left.
    mutating func skipBlanks() -> Bool {
        rest = rest.drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
        return !rest.isEmpty
    }

    mutating func skip(_ word: String) -> Bool {
        guard rest.starts(with: word.utf8) else { return false }
        rest = rest.dropFirst(word.utf8.count)
        return true
    }

    mutating func action() -> Action? {
        let words: [(String, Action)] = [
            ("ignore", .ignore), ("ok", .ok), ("done", .done), ("bad", .bad), ("die", .die),
            ("reset", .reset),
        ]
        for (word, action) in words where skip(word) { return action }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        // A number that is too large is as far beyond the end as any.
        let count = Int(String(Substring(digits))) ?? .max
        return count > 0 ? .jump(count) : nil
    }
}
