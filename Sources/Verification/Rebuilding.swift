internal import OTP
package import System

/// A state made anew from the enrollment, after its file was damaged or lost.
///
/// What logins had used up since is not known any more. Nothing of it may be used again, so what
/// cannot be known is given up.
package struct Rebuilding: Equatable {
    package let state: LoginState
    /// What was lost by it, in sentences for the administrator.
    package let losses: [Text]

    /// - Parameters:
    ///   - enrollment: what there is to rebuild for.
    ///   - salvaged: the last state that can still be read, which is older than the last login; nil
    ///     if there is none.
    ///   - now: seconds since 1970.
    ///   - policy: what the administrator has set.
    package init(
        of enrollment: Enrollment,
        from salvaged: LoginState?,
        at now: Int64,
        under policy: Policy
    ) {
        var state = LoginState()
        var losses: [Text] = []
        for authenticator in enrollment.authenticators {
            let known = salvaged?.progress(of: authenticator.id)
            // One that a readable state does not know was inactive before.
            if salvaged != nil, known == nil { continue }
            let name = authenticator.name
            switch authenticator.parameters.movingFactor {
            case .timeStep(let period):
                // One step beyond all that can have been accepted since, under this `max_drift`.
                let drift = known.map { Int64($0.drift) + 1 } ?? policy.maxDrift
                let step = TOTP.step(at: now, period: period)
                let margin = max(0, drift) + policy.window + 1
                let next = max(known?.next ?? 0, max(0, min(step, .max / 2)) + margin)
                state.authenticators.append(
                    LoginState.Progress(
                        id: authenticator.id,
                        next: next,
                        drift: known?.drift ?? 0,
                        lastUsedAt: known?.lastUsedAt ?? 0,
                        isDisabled: known?.isDisabled ?? false
                    )
                )
                losses.append(
                    known?.isDisabled == true
                        ? "'\(name)' stays disabled"
                        : "'\(name)' works again in \(margin * period) seconds"
                )
            case .counter:
                losses.append(
                    "'\(name)' counts, and how far it has got is lost; see 'totp-admin resync'"
                )
            }
        }
        if enrollment.recovery != nil || enrollment.importedRecovery != nil {
            losses.append("which recovery codes are used is lost: make new ones with 'recovery'")
        }
        if let throttle = salvaged?.throttle { state.throttle = throttle }
        state.lastSuccessAt = salvaged?.lastSuccessAt ?? 0
        state.wrongSinceSuccess = salvaged?.wrongSinceSuccess ?? 0
        if salvaged == nil {
            losses.append("how many wrong codes there were is lost")
            losses.append("what was disabled is lost: disable it again")
        }
        self.state = state
        self.losses = losses
    }
}
