internal import Doctor
internal import Store
internal import System
internal import Verification

/// One person's way in.
struct PersonExamination {
    let account: Account
    let stacks: StackExamination

    init(_ account: Account, _ stacks: StackExamination) {
        self.account = account
        self.stacks = stacks
    }

    func diagnoses(in store: borrowing Store, _ policy: Policy) -> [Diagnosis] {
        let record: Record?
        do throws(AdminError) {
            record = try store.readRecord(of: account.uid)
        } catch {
            return [
                diagnosis(.problem, "does not get in: \(error.message)", "totp-admin repair")
            ]
        }
        guard let record else { return exemptions + notEnrolled }
        do throws(AdminError) {
            try store.checkOwner(of: record, is: account)
        } catch {
            return exemptions + [diagnosis(.problem, "does not get in: \(error.message)")]
        }
        return exemptions + state(of: record, policy)
    }

    private func diagnosis(
        _ level: Diagnosis.Level,
        _ text: String,
        _ command: String? = nil
    ) -> Diagnosis {
        Diagnosis(level, "\(account.name)", text, remedy: command.map { "\($0) \(account.name)" })
    }

    private var notEnrolled: [Diagnosis] {
        let lenient = stacks.services.filter(\.hasNullok).map(\.name)
        return [
            diagnosis(.warning, "is not enrolled", "totp-admin enroll")
        ] + lenient.map { diagnosis(.warning, "needs no code for \($0), by nullok") }
    }

    /// The services at which totp.conf lets them pass, as far as that hangs on who they are.
    private var exemptions: [Diagnosis] {
        stacks.services.compactMap { service in
            guard let exemption = stacks.exemption(of: account, at: service) else { return nil }
            return diagnosis(
                .warning,
                "needs no code for \(service.name): \(exemption.description)"
            )
        }
    }

    private func state(of record: Record, _ policy: Policy) -> [Diagnosis] {
        let status = UserStatus(account.uid, account.name, record, at: Clock.now(), under: policy)
        let usable = status.authenticators.filter { $0.active && !$0.disabled }
        var found = [
            usable.isEmpty
                ? diagnosis(.problem, "has no authenticator that works", "totp-admin status")
                : diagnosis(
                    .ok,
                    "has authenticators: \(usable.map(\.name).joined(separator: ", "))"
                )
        ]
        found += status.postponed.map { authenticator in
            Diagnosis(
                authenticator.refusedBecause == .clock ? .problem : .warning,
                "\(account.name)",
                authenticator.postponement ?? "",
                remedy: Postponement.advice
            )
        }
        if status.stopped {
            found.append(diagnosis(.problem, "is stopped after wrong codes", "totp-admin unlock"))
        } else if let time = status.waitingUntil {
            found.append(diagnosis(.warning, "waits until \(time)", "totp-admin unlock"))
        }
        if status.recoveryCodesLeft <= PeopleExamination.fewCodes {
            let text = "has \(status.recoveryCodesLeft) recovery codes left"
            found.append(diagnosis(.warning, text, "totp-admin recovery"))
        }
        return found
    }
}
