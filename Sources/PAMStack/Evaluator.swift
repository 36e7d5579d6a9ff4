/// What libpam thinks of a login so far.
package struct Verdict: Hashable, Sendable {
    package enum Impression: Hashable, Sendable { case none, positive, negative }

    package internal(set) var impression: Impression
    package internal(set) var status: ReturnCode

    static let initial = Verdict(impression: .none, status: .permDenied)

    /// What pam_authenticate returns if nothing follows.
    var result: ReturnCode {
        status == .success && impression != .positive ? .permDenied : status
    }

    mutating func accept(_ result: ReturnCode) {
        guard impression == .none || impression == .positive && status == .success else { return }
        self = Verdict(impression: .positive, status: result)
    }

    mutating func reject(_ result: ReturnCode) {
        guard impression != .negative else { return }
        self = Verdict(impression: .negative, status: result == .ignore ? .permDenied : result)
    }
}

/// How far libpam is in a stack.
struct Progress: Hashable {
    /// The line that runs next.
    var position = 0
    var verdict = Verdict.initial
    /// The verdict at the beginning of each substack that it is in, for `reset`.
    var entered = [Verdict.initial]
    /// PAM_INCOMPLETE: the program is to call again, and nobody is in.
    var isSuspended = false
}

extension Stack {
    /// What pam_authenticate (or the function of the facility) returns, if each line's module returns
    /// what `result` says.
    package func outcome(_ result: (Handler) -> ReturnCode) -> ReturnCode {
        if isRefused { return .abort }
        var progress = Progress()
        while let handler = handler(at: progress) {
            progress = advance(progress, by: handler.module == nil ? .permDenied : result(handler))
        }
        return progress.isSuspended ? .incomplete : progress.verdict.result
    }

    func handler(at progress: Progress) -> Handler? {
        guard !progress.isSuspended, progress.position < handlers.count else { return nil }
        return handlers[progress.position]
    }

    /// One line: what libpam does with its result.
    func advance(_ progress: Progress, by result: ReturnCode) -> Progress {
        var next = progress
        next.position += 1
        if case .substack = handlers[progress.position].kind {
        } else if result == .incomplete {
            next.isSuspended = true
        } else {
            act(handlers[progress.position], on: result, &next)
        }
        enterOrLeave(&next)
        return next
    }

    private func act(_ handler: Handler, on result: ReturnCode, _ next: inout Progress) {
        let level = handler.level
        switch handler.control[result] {
        case .ignore: break
        case .ok: next.verdict.accept(result)
        case .bad: next.verdict.reject(result)
        case .done:
            next.verdict.accept(result)
            if next.verdict.impression == .positive { skipToEnd(of: level, &next.position) }
        case .die:
            next.verdict.reject(result)
            skipToEnd(of: level, &next.position)
        case .reset: next.verdict = next.entered[level]
        case .jump(let count):
            guard skip(count, at: level, &next.position) else {
                next.verdict = Verdict(impression: .negative, status: .permDenied)
                return
            }
        }
    }

    /// Past all that is left of a substack, or of the whole stack.
    private func skipToEnd(of level: Int, _ position: inout Int) {
        while position < handlers.count, handlers[position].level >= level { position += 1 }
    }

    /// - Returns: whether there were as many lines; a substack counts as one.
    private func skip(_ count: Int, at level: Int, _ position: inout Int) -> Bool {
        for _ in 0..<count {
            guard position < handlers.count, handlers[position].level >= level else { return false }
            repeat {
                position += 1
            } while position < handlers.count && handlers[position].level > level
        }
        return true
    }

    /// Remembers the verdict where a substack begins, forgets it where it ends.
    private func enterOrLeave(_ progress: inout Progress) {
        guard progress.position < handlers.count else { return }
        let level = handlers[progress.position].level
        if level >= progress.entered.count { progress.entered.append(progress.verdict) }
        progress.entered.removeLast(progress.entered.count - level - 1)
    }
}
