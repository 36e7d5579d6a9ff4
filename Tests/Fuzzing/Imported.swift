internal import OTP
internal import Store
internal import System
internal import Verification

@testable internal import AdminCommands

/// What must hold for every authenticator that another program's file gives.
enum Imported {
    static let policy = Policy()
    private static let account = Account(uid: Fixture.uid, name: "alice", group: 1000)

    static func check(_ item: ImportItem) {
        require(!item.place.isEmpty, "an item says where it stands")
        check { () throws(AdminError) in try item.authenticator.get() }
    }

    static func check(_ read: () throws(AdminError) -> ForeignAuthenticator) {
        do throws(AdminError) {
            let foreign = try read()
            require(isWithinBounds(foreign), "what is read is within its bounds")
            checkAdded(foreign)
        } catch {
            require(!error.message.isEmpty, "an error says what is wrong")
        }
    }

    private static func isWithinBounds(_ foreign: ForeignAuthenticator) -> Bool {
        OTPParameters.supportedSecretLengths.contains(foreign.secret.count)
            && OTPParameters.supportedDigits.contains(foreign.parameters.digits)
            && foreign.next >= 0 && abs(Int64(foreign.drift)) <= policy.maxDrift
            && foreign.recoveryCodes.count <= RecoveryCode.count
            && foreign.recoveryCodes.allSatisfy { code in
                code.utf8.count == RecoverySet.importedDigits
                    && code.utf8.allSatisfy(ASCII.isDigit)
            }
    }

    private static func checkAdded(_ foreign: ForeignAuthenticator) {
        // A thousand rounds of PBKDF2 for each code: not every time.
        guard foreign.recoveryCodes.isEmpty || foreign.next % 64 == 0 else { return }
        do throws(AdminError) {
            var record = Record(of: account)
            _ = try foreign.add(to: &record, named: "app", at: Fixture.now)
            guard let added = record.enrollment.authenticators.first,
                let progress = record.state.progress(of: added.id)
            else { fatalError("nothing was added") }
            require(progress.next == foreign.next, "how far it has got comes along")
            checkUsed(record, added, progress)
            checkExported(added, progress)
        } catch {
            fatalError("it cannot be added: \(error.message)")
        }
    }

    /// Nobody replays a code across the move: one that was used there opens nothing here.
    private static func checkUsed(
        _ record: Record,
        _ authenticator: Authenticator,
        _ progress: LoginState.Progress
    ) {
        for used in [progress.next - 1, progress.next - 2] where used >= 0 {
            let code = Fixture.code(authenticator, used)
            var times = [Fixture.now]
            if case .timeStep(let period) = authenticator.parameters.movingFactor {
                let (time, overflow) = used.multipliedReportingOverflow(by: period)
                if !overflow { times.append(time) }
            }
            for now in times {
                let judgement = Verifier.verify(
                    Reply(parsing: code.utf8),
                    of: record.enrollment,
                    record.state,
                    at: now,
                    under: policy
                )
                guard case .accepted = judgement.verdict else { continue }
                // Two steps may have the same code; then it was the later one that was accepted.
                let next = judgement.state?.progress(of: authenticator.id)?.next ?? 0
                require(
                    next > progress.next && Fixture.code(authenticator, next - 1) == code,
                    "a code that was used elsewhere is not accepted"
                )
            }
        }
    }

    /// What users.oath can say of it is read back, and nothing becomes good again.
    private static func checkExported(
        _ authenticator: Authenticator,
        _ progress: LoginState.Progress
    ) {
        guard let line = try? OATHFile.line(authenticator, progress, of: "alice") else { return }
        let items = OATHFile.items(in: line.utf8, at: Fixture.now, under: policy)
        guard items.count == 1, let again = try? items[0].authenticator.get() else {
            fatalError("our own users.oath cannot be read: \(line)")
        }
        require(items[0].user == "alice", "a user is read back")
        require(again.parameters == authenticator.parameters, "parameters are read back")
        require(again.secret.isEqual(to: authenticator.secret), "a secret is read back")
        require(again.next >= progress.next, "no code becomes good again by export and import")
    }
}
