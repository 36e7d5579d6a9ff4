import SeededRandom
import Testing

@testable import PAMStack

/// The search against all combinations one by one, where there are few enough.
@Suite struct SearchTests {
    private static let results: [ReturnCode] = [.success, .authErr, .ignore, .userUnknown]

    @Test func `finds a way in exactly where a combination of results has one, and it is one`()
        throws
    {
        var open = 0
        for seed in 0..<1000 {
            let files = RandomConfiguration(seed: UInt64(seed), folder: "", service: "sshd").files
            let stack = StackFiles(folders: [""]) { path in
                files[String(path.dropFirst())].map { Array($0.utf8) }
            }.stack(service: "sshd")
            let modules = stack.handlers.indices.filter { stack.handlers[$0].module != nil }
            guard modules.count <= 5 else { continue }
            let expected = Self.shortestByTrial(stack, modules)
            let way = Search(stack: stack) { _ in Self.results }.shortest { node in
                node.progress.position >= stack.handlers.count && !node.progress.isSuspended
                    && node.progress.verdict.result == .success
            }
            #expect(way?.count { $0.handler.module != nil } == expected, "\(files)")
            guard let way else { continue }
            open += 1
            var steps = way.filter { $0.handler.module != nil }[...]
            let outcome = stack.outcome { handler in
                let step = steps.popFirst()
                #expect(step?.handler == handler)
                return step?.result ?? .permDenied
            }
            #expect(outcome == .success)
            #expect(steps.isEmpty)
        }
        #expect(open > 100)
    }

    /// How many modules run at least on a way in; nil if there is none.
    private static func shortestByTrial(_ stack: Stack, _ modules: [Int]) -> Int? {
        var shortest: Int?
        for combination in 0..<(1 << (2 * modules.count)) {
            var calls = 0
            let outcome = stack.outcome { _ in
                defer { calls += 1 }
                return results[combination >> (2 * calls) & 3]
            }
            if outcome == .success { shortest = min(shortest ?? calls, calls) }
        }
        return shortest
    }

    @Test func `no bytes whatever trap`() {
        var random = SplitMix64(seed: 1)
        let words = [
            "auth", "-", "@include", "include", "substack", "sshd", "[", "]", "\\", "\n", "=", " ",
            "#",
            "success", "default", "required", "1", "99999999999999999999", "\0", "\r", "/", ".so",
            "é",
            "reset", "done", "pam_totp.so", "other",
        ]
        var handlers = 0
        for _ in 0..<5000 {
            let text = (0..<30).map { _ in
                words[Int.random(in: 0..<words.count, using: &random)]
                    + (random.next() % 2 == 0 ? " " : "")
            }.joined()
            let bytes = Array(text.utf8) + [UInt8(truncatingIfNeeded: random.next())]
            let folders = random.next() % 4 == 0 ? [] : ["/etc/pam.d"]
            // It may include itself, and more than once.
            var reads = 0
            let stack = StackFiles(folders: folders) { _ in
                reads += 1
                return reads < 20 ? bytes : nil
            }.stack(service: "sshd")
            handlers += stack.handlers.count
            _ = stack.outcome { _ in .success }
        }
        // Something of it was read.
        #expect(handlers > 1000)
    }
}
