internal import PAMStack

/// What the analysis of a stack found, in words, and what to do about it.
extension StackDiagnosis {
    func diagnoses(of finding: Finding) -> [Diagnosis] {
        switch finding {
        case .hole(let needs, let steps):
            let who = needs == .nothing ? "anybody" : "anybody with a password"
            return [problem("\(who) gets in without a code", steps, remedy: remedy(steps))]
        case .decision(let needs, let way):
            let also = needs == .nothing ? "neither password nor code" : "no code"
            return [
                Diagnosis(
                    needs == .nothing && !way.isRoots ? .warning : .ok,
                    service,
                    "by a decision written down: \(way.whom) need \(also)",
                    evidence: Self.lines(way.steps)
                )
            ]
        case .exempt(let needs, let way):
            if !somebodyIsExempt { return [] }
            if needs == .nothing, !standsBesideFirstFactor {
                return [
                    problem(
                        "who is exempt from codes gets in with nothing at all",
                        way.steps,
                        remedy: "ask for the password, with a line before pam_totp's"
                    )
                ]
            }
            return []
        case .onlyIgnoreLeft(let steps):
            if !somebodyIsExempt { return [] }
            return [
                problem(
                    "who is exempt from codes cannot get in: every line ignores them",
                    steps,
                    remedy: "auth required pam_permit.so, as the line behind pam_totp's"
                )
            ]
        case .reachedWithoutFirstFactor(let way):
            if comesBehindFirstFactor { return [] }
            return [
                problem(
                    "strangers are asked for a code and can spend the owner's attempts",
                    way.steps,
                    remedy:
                        "let the stack end at a wrong password: requisite, or a jump over pam_deny"
                )
            ]
        case .splitNotVerified(let way):
            return [
                problem(
                    "the code that split_pass cuts off is verified by no line",
                    way.steps,
                    remedy: "auth required pam_totp.so, behind the line that checks the password"
                )
            ]
        }
    }

    private func problem(_ text: String, _ steps: [Step], remedy: String) -> Diagnosis {
        Diagnosis(.problem, service, text, evidence: Self.lines(steps), remedy: remedy)
    }

    /// What to change so that a way is closed.
    private func remedy(_ steps: [Step]) -> String {
        if let code = steps.first(where: { $0.handler.module?.role == .code }) {
            return "make \(code.handler.place.description) required or requisite"
        }
        guard let last = steps.last else { return "see pam_totp(8)" }
        return
            "\(last.handler.place.description) ends the stack: let pam_totp's line come to run behind it"
    }

    /// Each line with what it returns.
    static func lines(_ steps: [Step]) -> [String] {
        steps.map { step in
            let result = step.result.map { " -> \($0.name)" } ?? ""
            let words = step.handler.text.split { $0 == " " || $0 == "\t" }
            return "\(step.handler.place.description): \(words.joined(separator: " "))\(result)"
        }
    }
}
