/// Something that a module says of somebody without asking them.
package struct Condition: Hashable, Sendable {
    package let module: Module
    /// Whether it returns PAM_SUCCESS.
    package let holds: Bool
}

/// A way through a stack, and for whom it is open.
package struct Way: Equatable, Sendable {
    /// All of them must be so; none: it is open to anybody.
    package let conditions: [Condition]
    /// The shortest for somebody of whom nothing else is so, line by line.
    package let steps: [Step]
}

extension Stack {
    /// For everybody to whom there is a way: the fewest conditions that open one, and the way.
    ///
    /// A condition that two lines ask for is the same for both.
    func ways(
        results: @escaping (Module) -> [ReturnCode],
        to isGoal: (Stack, Node) -> Bool
    ) -> [Way] {
        let modules = decidingModules
        let people = 0..<(1 << modules.count)
        let open = people.map { person in
            Search(stack: self) { module in
                guard let index = modules.firstIndex(of: module) else { return results(module) }
                let holds = person >> index & 1 == 1
                return results(module).filter { ($0 == .success) == holds }
            }.shortest { isGoal(self, $0) }
        }
        var found: [(asked: Int, answers: Int)] = []
        var ways: [Way] = []
        for asked in people.sorted(by: { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }) {
            for answers in people where answers & ~asked == 0 {
                let known = found.contains {
                    $0.asked & ~asked == 0 && $0.answers == answers & $0.asked
                }
                let matching = people.filter { $0 & asked == answers }
                // `answers` itself is the person of whom nothing else is so.
                guard !known, matching.allSatisfy({ open[$0] != nil }),
                    let steps = open[answers]
                else { continue }
                found.append((asked, answers))
                let conditions = modules.indices.filter { asked >> $0 & 1 == 1 }.map {
                    Condition(module: modules[$0], holds: answers >> $0 & 1 == 1)
                }
                ways.append(Way(conditions: conditions, steps: steps))
            }
        }
        return ways
    }

    private static let mostSteps = 2_000

    /// Those whose answers are told apart.
    ///
    /// Of more than six, and of fewer in a stack of many lines, the others may answer as it suits the
    /// way, so that it looks open to more people than it is, never to fewer.
    private var decidingModules: [Module] {
        var modules: [Module] = []
        for case let module? in handlers.map(\.module) where module.role == .condition {
            if !modules.contains(module) { modules.append(module) }
        }
        // Each of them doubles the searches, and each line makes every search longer.
        let most = (0...6).last { handlers.count << $0 <= Self.mostSteps } ?? 0
        return Array(modules.prefix(most))
    }
}
