internal import SeededRandom

@testable internal import PAMStack

extension FuzzTarget {
    /// Files of /etc/pam.d, each behind a line `==> NAME`, of which the first is the service's; one
    /// that is called pam.conf is read where there is no such folder.
    static let pamStack = FuzzTarget(name: "pam-stack") { bytes in
        let files = Files(bytes)
        let stack = files.stack
        require(stack.handlers.allSatisfy { (0...16).contains($0.level) }, "no level is too deep")
        for result in ReturnCode.allCases { _ = stack.outcome { _ in result } }
        // What a stack says of a few lines it says of more, and a search of many takes long.
        guard stack.handlers.count <= 10 else { return }
        let analysis = Analysis(of: stack)
        for finding in analysis.findings { check(finding, stack) }
        checkComplete(analysis, stack, seed: UInt64(bytes.count))
    }

    /// That the way of a finding is one, and leads where it says.
    private static func check(_ finding: Finding, _ stack: Stack) {
        switch finding {
        case .hole(_, let steps):
            require(isWayIn(steps, stack), "a hole lets somebody in")
            require(!steps.contains(where: isProof), "and without a code")
        case .decision(_, let way):
            require(isWayIn(way.steps, stack), "a decision lets somebody in")
            require(!way.steps.contains(where: isProof), "and without a code")
            require(!way.conditions.isEmpty, "and is somebody's")
        case .exempt(_, let way):
            require(isWayIn(way.steps, stack), "whoever is exempt gets in")
        case .splitNotVerified(let way):
            require(isWayIn(way.steps, stack), "a split answer lets somebody in")
        case .onlyIgnoreLeft(let steps):
            require(!isWayIn(steps, stack), "whoever is ignored is not let in")
        case .reachedWithoutFirstFactor: break
        }
    }

    private static func isProof(_ step: Step) -> Bool {
        step.handler.module?.role == .code && (step.result == .success || step.result == .ignore)
    }

    private static func isWayIn(_ steps: [Step], _ stack: Stack) -> Bool {
        var rest = steps.filter { $0.handler.module != nil }[...]
        let outcome = stack.outcome { handler in
            let step = rest.popFirst()
            require(step?.handler == handler, "the lines of a way run one after the other")
            return step?.result ?? .permDenied
        }
        return outcome == .success && rest.isEmpty
    }

    /// Whoever gets in without a code, by results that modules may return, is found.
    private static func checkComplete(_ analysis: Analysis, _ stack: Stack, seed: UInt64) {
        let isFound = analysis.findings.contains { finding in
            switch finding {
            case .hole, .decision: true
            default: false
            }
        }
        guard !isFound else { return }
        var random = SplitMix64(seed: seed)
        for _ in 0..<20 {
            var isProved = false
            var conditions: [Module: Bool] = [:]
            let outcome = stack.outcome { handler in
                guard let module = handler.module else { return .permDenied }
                var results = module.results
                if module.role == .condition {
                    let holds = conditions[module] ?? Bool.random(using: &random)
                    conditions[module] = holds
                    results = results.filter { ($0 == .success) == holds }
                }
                let result = results.randomElement(using: &random) ?? .permDenied
                let isGood = result == .success || result == .ignore
                if module.role == .code, isGood { isProved = true }
                return result
            }
            require(outcome != .success || isProved, "there is no way in that is not found")
        }
    }
}

private struct Files {
    private var contents: [String: [UInt8]] = [:]
    private var service = "sshd"

    init(_ bytes: [UInt8]) {
        let heading = Array("==> ".utf8)
        var name: String?
        for line in bytes.lines() {
            if line.starts(with: heading) {
                let next = String(decoding: line.dropFirst(heading.count), as: UTF8.self)
                if name == nil, next != "pam.conf" { service = next }
                name = next
            } else {
                contents[name ?? service, default: []] += line + [UInt8(ascii: "\n")]
            }
        }
    }

    var stack: Stack {
        let isSingle = contents["pam.conf"] != nil
        // One that includes itself is read a thousand times, which is slow and nothing new.
        var reads = 0
        return StackFiles(folders: isSingle ? [] : ["/etc/pam.d"]) { path in
            reads += 1
            return reads > 50 ? nil : contents[String(path.split(separator: "/").last ?? "")]
        }.stack(service: service)
    }
}
