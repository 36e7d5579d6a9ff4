internal import Doctor
internal import Glibc
internal import Store
internal import System
internal import Verification

/// Those who log in: who is not enrolled, who is stopped, who runs out of recovery codes.
struct PeopleExamination {
    static let fewCodes = 3
    private static let mostNames = 10

    let store: StoreExamination
    let stacks: StackExamination

    init(_ store: StoreExamination, _ stacks: StackExamination) {
        self.store = store
        self.stacks = stacks
    }

    /// Of one person, or of all.
    func diagnoses(of account: Account?) -> [Diagnosis] {
        guard let configuration = store.configuration, geteuid() == 0 else {
            return [Diagnosis(.unseen, "people", "who is enrolled, which is root's to know")]
        }
        // Where the store does not open, that is its own diagnosis.
        guard let opened = try? Store(configuration) else { return [] }
        if let account {
            return PersonExamination(account, stacks).diagnoses(in: opened, configuration.policy)
        }
        do throws(AdminError) {
            return try diagnoses(ofAllIn: opened, configuration.policy)
        } catch {
            return [Diagnosis(.problem, "people", error.message)]
        }
    }

    private func diagnoses(
        ofAllIn opened: borrowing Store,
        _ policy: Policy
    ) throws(AdminError) -> [Diagnosis] {
        let all = try Listing(
            enrolledIn: opened,
            Listing.Filter(),
            at: Clock.now(),
            under: policy
        )
        let statuses = all.entries.map(\.status)
        let known = Set(try opened.allUIDs())
        let listed = Result { () throws(AdminError) in try Listing.accountsWithLoginShell() }
        let strays = StrayRecords(among: all.entries, beside: (try? listed.get()) ?? [])
        let locked = statuses.filter { $0.stopped || $0.waitingUntil != nil }.map(\.user)
        let few = statuses.filter { $0.recoveryCodesLeft <= Self.fewCodes }.map(\.user)
        return [
            Diagnosis(.ok, "people", "enrolled: \(statuses.count)"),
            broken(all.problems),
            some(
                strays.found,
                "records whose account is gone, or has another uid now",
                "totp-admin remove UID --all, or, after usermod -l, totp-admin rename-user OLD NEW"
            ),
            strays.unknown == 0
                ? nil
                : Diagnosis(
                    .unseen,
                    "people",
                    "whether there still is an account for records that are enrolled: \(strays.unknown)"
                ),
            notEnrolled(listed, beside: known),
            some(locked, "waiting or stopped after wrong codes", "totp-admin unlock NAME"),
            postponed(statuses, because: .clock),
            postponed(statuses, because: .precaution),
            some(few, "with few recovery codes or none", "totp-admin recovery NAME"),
        ].compactMap { $0 }
    }

    private func broken(_ problems: [String]) -> Diagnosis? {
        if problems.isEmpty { return nil }
        return Diagnosis(
            .problem,
            "people",
            "records that cannot be read, whose owners do not get in: \(problems.count)",
            evidence: Array(problems.prefix(Self.mostNames)),
            remedy: "totp-admin repair NAME"
        )
    }

    /// Whose right codes are refused for a time.
    private func postponed(
        _ statuses: [UserStatus],
        because reason: Postponement.Reason
    ) -> Diagnosis? {
        some(
            statuses.flatMap { status in
                status.postponed.filter { $0.refusedBecause == reason }.map {
                    "\(status.user) ('\($0.name)' until \($0.refusedUntil ?? ""))"
                }
            },
            "whose right codes are refused for a time, since \(reason.rawValue)",
            Postponement.advice
        )
    }

    /// Who could log in and is not enrolled, and what nullok means for them.
    private func notEnrolled(
        _ listed: Result<[Account], AdminError>,
        beside known: Set<UserID>
    ) -> Diagnosis? {
        let accounts: [Account]
        switch listed {
        case .success(let all): accounts = all
        case .failure(let error):
            return Diagnosis(.unseen, "people", "who is not enrolled: \(error.message)")
        }
        let names = accounts.filter { !known.contains($0.uid) }.map { "\($0.name)" }
        let lenient = stacks.services.filter(\.hasNullok).map(\.name)
        if names.isEmpty, !lenient.isEmpty {
            return Diagnosis(
                .warning,
                "people",
                "all are enrolled, and nullok is still on: \(lenient.joined(separator: ", "))",
                remedy: "take nullok off the lines of pam_totp"
            )
        }
        let text =
            lenient.isEmpty
            ? "not enrolled, with a login shell: they do not get in where a code is asked for"
            : "not enrolled, with a login shell: by nullok they need no code for \(lenient.joined(separator: ", "))"
        return some(names, text, "totp-admin enroll NAME")
    }

    private func some(_ names: [String], _ text: String, _ remedy: String) -> Diagnosis? {
        if names.isEmpty { return nil }
        let more = names.count > Self.mostNames ? ["…"] : []
        return Diagnosis(
            .warning,
            "people",
            "\(text): \(names.count)",
            evidence: [(names.prefix(Self.mostNames) + more).joined(separator: ", ")],
            remedy: remedy
        )
    }
}
