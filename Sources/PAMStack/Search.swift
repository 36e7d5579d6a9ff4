/// A line that ran, and what it returned.
package struct Step: Equatable, Sendable {
    package let handler: Handler
    /// nil for the beginning of a substack.
    package let result: ReturnCode?
}

/// What a way through a stack has come by.
struct Facts: OptionSet, Hashable {
    let rawValue: UInt8

    /// A secret was asked for and was right.
    static let firstFactor = Facts(rawValue: 1)
    /// An answer was taken apart, and what was taken off it not verified yet.
    static let split = Facts(rawValue: 2)
    /// pam_totp returned PAM_IGNORE where it verifies.
    static let ignored = Facts(rawValue: 4)
}

/// Where a way through a stack is.
///
/// Two ways at the same node can only go on alike, so that a search has to see each node once, however
/// many combinations of results lead to it.
struct Node: Hashable {
    var progress = Progress()
    var facts: Facts = []
}

/// The ways through a stack, by results that modules may return.
struct Search {
    let stack: Stack
    /// What a module may return on the ways that are looked for.
    let results: (Module) -> [ReturnCode]

    /// The way over the fewest lines to a node that is looked for, nil if there is none.
    func shortest(to isGoal: (Node) -> Bool) -> [Step]? {
        guard !stack.isRefused else { return nil }
        var nodes = [Node()]
        var cameFrom: [(index: Int, result: ReturnCode)?] = [nil]
        var seen: Set<Node> = [Node()]
        var distinct = [[ReturnCode]?](repeating: nil, count: stack.handlers.count)
        var index = 0
        while index < nodes.count {
            let node = nodes[index]
            if isGoal(node) { return way(to: index, nodes, cameFrom) }
            if let handler = stack.handler(at: node.progress) {
                let results = distinct[node.progress.position] ?? self.distinct(handler)
                distinct[node.progress.position] = results
                for result in results {
                    let next = self.node(after: handler, result, from: node)
                    guard seen.insert(next).inserted else { continue }
                    nodes.append(next)
                    cameFrom.append((index, result))
                }
            }
            index += 1
        }
        return nil
    }

    /// What a line may return, the first of all that lead on alike.
    private func distinct(_ handler: Handler) -> [ReturnCode] {
        let failures = Set(ReturnCode.allCases).subtracting([
            .success, .newAuthtokReqd, .ignore, .incomplete,
        ])
        var found: [ReturnCode] = []
        for result in handler.module.map(results) ?? [.permDenied] {
            let isKnown = found.contains { other in
                handler.control[other] == handler.control[result]
                    && (other == result || failures.isSuperset(of: [other, result]))
            }
            if !isKnown { found.append(result) }
        }
        return found
    }

    private func node(after handler: Handler, _ result: ReturnCode, from node: Node) -> Node {
        var next = node
        next.progress = stack.advance(node.progress, by: result)
        next.progress.forgetReasons()
        switch handler.module?.role {
        case .credential, .unknown:
            if result == .success || result == .newAuthtokReqd { next.facts.insert(.firstFactor) }
        case .split: next.facts.insert(.split)
        case .code:
            next.facts.remove(.split)
            if result == .ignore { next.facts.insert(.ignored) }
        case .pace, .condition, .nothing, nil: break
        }
        return next
    }

    private func way(
        to end: Int,
        _ nodes: [Node],
        _ cameFrom: [(index: Int, result: ReturnCode)?]
    ) -> [Step] {
        var steps: [Step] = []
        var index = end
        while let (previous, result) = cameFrom[index] {
            if let handler = stack.handler(at: nodes[previous].progress) {
                if case .substack = handler.kind {
                    steps.append(Step(handler: handler, result: nil))
                } else {
                    steps.append(Step(handler: handler, result: result))
                }
            }
            index = previous
        }
        return steps.reversed()
    }
}

extension Progress {
    /// For whether somebody gets in all failures are one.
    fileprivate mutating func forgetReasons() {
        verdict.forgetReason()
        for index in entered.indices { entered[index].forgetReason() }
    }
}

extension Verdict {
    fileprivate mutating func forgetReason() {
        if status != .success || impression == .negative { status = .permDenied }
    }
}
