/// What somebody must have to go a way.
package enum Needs: Equatable, Sendable {
    case nothing
    /// Something that another module than pam_totp asks for, as a rule the password.
    case firstFactor
}

/// What the stack of a service allows, each with the way that proves it.
package enum Finding: Equatable, Sendable {
    /// Anybody gets in without a code.
    case hole(Needs, [Step])
    /// Those get in without a code of whom a condition says so: somebody wrote that down.
    case decision(Needs, Way)
    /// Those whom the module ignores, by `nullok` or totp.conf, get in.
    case exempt(Needs, Way)
    /// Those whom the module ignores cannot get in: nothing else decides.
    case onlyIgnoreLeft([Step])
    /// Somebody without the first factor is asked for a code, and spends the owner's attempts.
    case reachedWithoutFirstFactor(Way)
    /// An answer is taken apart and its code never verified.
    case splitNotVerified(Way)
}

/// What a stack does with a second factor.
package struct Analysis: Sendable {
    /// Whether any line verifies codes.
    package let asksForCode: Bool
    /// Whether there is anything at all that lets somebody in.
    package let letsSomebodyIn: Bool
    package let findings: [Finding]

    /// - Parameter stack: of the facility `auth`.
    package init(of stack: Stack) {
        let roles = stack.handlers.compactMap { $0.module?.role }
        asksForCode = roles.contains(.code)
        letsSomebodyIn =
            Search(stack: stack, results: \.results).shortest { stack.letsIn($0) } != nil
        var findings: [Finding] = []

        for (needs, way) in stack.waysIn({ $0 != .success && $0 != .ignore }) {
            findings.append(
                way.conditions.isEmpty ? .hole(needs, way.steps) : .decision(needs, way)
            )
        }
        if asksForCode {
            let exempt = stack.waysIn({ $0 == .ignore }, having: .ignored)
            findings += exempt.map { .exempt($0.needs, $0.way) }
            if exempt.isEmpty, let steps = stack.wayOutOfTheIgnored {
                findings.append(.onlyIgnoreLeft(steps))
            }
        }
        if roles.contains(.credential) {
            let ways = stack.ways(results: \.results) { stack, node in
                stack.handler(at: node.progress)?.module?.role == .code
                    && !node.facts.contains(.firstFactor)
            }
            findings += ways.map { .reachedWithoutFirstFactor($0) }
        }
        if roles.contains(.split) {
            let ways = stack.ways(results: \.results) { stack, node in
                stack.letsIn(node) && node.facts.contains(.split)
            }
            findings += ways.map { .splitNotVerified($0) }
        }
        self.findings = findings
    }
}

extension Stack {
    fileprivate func letsIn(_ node: Node) -> Bool {
        node.progress.position >= handlers.count && !node.progress.isSuspended
            && node.progress.verdict.result == .success
    }

    /// The ways to PAM_SUCCESS on which pam_totp returns nothing but what is said.
    ///
    /// What needs no secret comes first, and is not repeated as something that needs one.
    fileprivate func waysIn(
        _ isReturned: @escaping (ReturnCode) -> Bool,
        having facts: Facts = []
    ) -> [(needs: Needs, way: Way)] {
        func ways(secrets: Bool) -> [Way] {
            self.ways { module in
                switch module.role {
                case .code: module.results.filter(isReturned)
                case .credential, .unknown:
                    secrets ? module.results : module.results.filter { $0 != .success }
                case .split, .pace, .condition, .nothing: module.results
                }
            } to: { stack, node in
                stack.letsIn(node) && node.facts.isSuperset(of: facts)
            }
        }
        let free = ways(secrets: false)
        let others = ways(secrets: true).filter { way in
            !free.contains { Set($0.conditions).isSubset(of: way.conditions) }
        }
        return free.map { (.nothing, $0) } + others.map { (.firstFactor, $0) }
    }

    /// How somebody is refused whom the module ignores, for whom all else is as it should be, and of
    /// whom no line says anything in the end.
    fileprivate var wayOutOfTheIgnored: [Step]? {
        Search(stack: self) { module in
            switch module.role {
            case .code: [.ignore]
            case .condition: module.results
            case .split, .pace, .credential, .nothing, .unknown: Array(module.results.prefix(1))
            }
        }.shortest { node in
            node.facts.contains(.ignored) && node.progress.position >= handlers.count
                && node.progress.verdict.impression == .none
        }
    }
}
