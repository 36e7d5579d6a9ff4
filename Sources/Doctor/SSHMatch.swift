/// A `Match` line of sshd_config(5), and a connection that it is written for.
package struct SSHMatch: Equatable, Sendable {
    package enum Criterion: String, Sendable {
        case user
        case group
        case host
        case address
        case localAddress = "localaddress"
        case localPort = "localport"
        case rdomain

        /// What `sshd -T -C` calls it; nil for a group, which is its members.
        package var key: String? {
            switch self {
            case .user: "user"
            case .group: nil
            case .host: "host"
            case .address: "addr"
            case .localAddress: "laddr"
            case .localPort: "lport"
            case .rdomain: "rdomain"
            }
        }
    }

    /// 1 for the first line of its file.
    package let line: Int
    /// As it is written, behind `Match`.
    package let text: String
    /// A value that matches, a criterion; none if one of them has patterns for which none is found.
    package let examples: [Criterion: String]

    /// What the lines of a configuration that name other files, or a `Match`, say.
    package static func read(_ file: String) -> (matches: [SSHMatch], includes: [String]) {
        var matches: [SSHMatch] = []
        var includes: [String] = []
        let lines = file.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let words = words(line)
            switch words.first?.lowercased() {
            case "match":
                matches.append(SSHMatch(line: index + 1, words: Array(words.dropFirst())))
            case "include": includes += words.dropFirst()
            default: break
            }
        }
        return (matches, includes)
    }

    private init(line: Int, words: [String]) {
        self.line = line
        text = words.joined(separator: " ")
        var examples: [Criterion: String] = [:]
        var hasExample = true
        var index = 0
        while index + 1 < words.count {
            if let criterion = Criterion(rawValue: words[index].lowercased()) {
                let example = SSHPatterns(words[index + 1], criterion).example
                if example == nil { hasExample = false }
                examples[criterion] = example
            }
            index += 2
        }
        self.examples = hasExample ? examples : [:]
    }

    /// A line's words; `=` may stand for a blank behind the first and behind each criterion of a
    /// `Match`, double quotes hold one together.
    private static func words(_ line: Substring) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        var isWord = false
        for character in line {
            let isName =
                words.count + (isWord ? 1 : 0) <= 1 || words.first?.lowercased() == "match"
            let isBlank = character == " " || character == "\t" || character == "=" && isName
            if character == "\"" {
                isQuoted.toggle()
                isWord = true
            } else if isQuoted || !isBlank {
                if character == "#", !isWord { return words }
                word.append(character)
                isWord = true
            } else if isWord {
                words.append(word)
                (word, isWord) = ("", false)
            }
        }
        if isWord { words.append(word) }
        return words
    }
}
