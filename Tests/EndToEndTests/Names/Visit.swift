import Foundation
import System

extension Site {
    /// One login from a host that nobody else comes from, with what was logged of it.
    func visit(
        as name: Text,
        _ reply: String,
        from host: String = "\(UUID()).example.org",
        service: String = "lenient",
        under wrapper: [String] = []
    ) throws -> Visit {
        let answer = try login(
            [(name, reply)],
            service: service,
            options: ["-h", host],
            under: wrapper
        )[0]
        return Visit(answer: answer, host: host)
    }
}

struct Visit {
    let answer: Answer
    let host: String

    /// What pam_authenticate returned, and how many questions were asked before.
    var outcome: [Int] { [answer.code, answer.prompts] }

    static let letIn = [Answer.success, 1]
    static let exempt = [Answer.success, 0]
    static let refused = [Answer.refused, 1]
    static let undecided = [Answer.unavailable, 0]

    /// The only line that was logged of it.
    func line() throws -> String {
        let lines = try SystemLog.lines(about: " rhost=\(host) ")
        guard lines.count == 1 else { throw Failure("more than a line: \(lines)") }
        if lines[0].utf8.contains(where: ASCII.isControl) {
            throw Failure("not one line of text: \(lines)")
        }
        return lines[0]
    }
}
