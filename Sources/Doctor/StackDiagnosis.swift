package import PAMStack

/// What the stack of a service comes to.
package struct StackDiagnosis {
    let service: String
    let stack: Stack
    let analysis: Analysis
    /// Whether somebody needs no code, by `nullok` or by totp.conf.
    let somebodyIsExempt: Bool
    /// Whether the program asks for something itself, as sshd does for a key.
    let standsBesideFirstFactor: Bool
    /// Whether it does so before it runs the stack.
    let comesBehindFirstFactor: Bool

    package init(
        service: String,
        stack: Stack,
        analysis: Analysis,
        somebodyIsExempt: Bool,
        standsBesideFirstFactor: Bool,
        comesBehindFirstFactor: Bool
    ) {
        self.service = service
        self.stack = stack
        self.analysis = analysis
        self.somebodyIsExempt = somebodyIsExempt
        self.standsBesideFirstFactor = standsBesideFirstFactor
        self.comesBehindFirstFactor = comesBehindFirstFactor
    }

    /// What is wrong or worth knowing, or one line that all is as it should be.
    package var all: [Diagnosis] {
        let problems = stack.problems.map { problem in
            Diagnosis(
                stack.isRefused ? .problem : .warning,
                service,
                stack.isRefused ? "nobody gets in: \(problem.description)" : problem.description
            )
        }
        if stack.isRefused { return problems }
        if !analysis.letsSomebodyIn {
            return problems + missingModules + [
                Diagnosis(.problem, service, "nobody gets in: no way through its lines ends well")
            ]
        }
        if !analysis.asksForCode {
            return problems + missingModules + [
                Diagnosis(
                    .problem,
                    service,
                    "nobody is asked for a code: no line of its stack is pam_totp's",
                    evidence: shortestHole.map(Self.lines) ?? [],
                    remedy: "auth required pam_totp.so, behind the line that asks for the password"
                )
            ]
        }
        let found = missingModules + analysis.findings.flatMap(diagnoses) + codeAlone
        if found.contains(where: { $0.level == .problem }) { return problems + found }
        let everybody = "whoever gets in has given a code"
        let verdict =
            somebodyIsExempt ? "\(everybody), or is one of those who need none" : everybody
        return problems + [Diagnosis(.ok, service, verdict)] + found
    }

    /// libpam takes such a line for one that failed.
    private var missingModules: [Diagnosis] {
        stack.handlers.compactMap { handler in
            guard let module = handler.module, !module.isInstalled, !module.quiet else {
                return nil
            }
            return Diagnosis(
                analysis.letsSomebodyIn ? .warning : .problem,
                service,
                "'\(module.path)' at \(handler.place.description) is not where libpam looks for modules"
            )
        }
    }

    /// Where nothing else is asked for, whoever knows a name may guess.
    private var codeAlone: [Diagnosis] {
        let roles = stack.handlers.compactMap { $0.module?.role }
        if comesBehindFirstFactor || roles.contains(where: { $0 == .credential || $0 == .unknown })
        {
            return []
        }
        return [
            Diagnosis(
                .warning,
                service,
                "a code is all that it asks for: strangers can guess, and spend the owner's attempts",
                remedy: "ask for the password, with a line before pam_totp's"
            )
        ]
    }

    private var shortestHole: [Step]? {
        for case .hole(_, let steps) in analysis.findings { return steps }
        return nil
    }
}
