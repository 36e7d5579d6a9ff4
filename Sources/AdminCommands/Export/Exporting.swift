internal import OTP
internal import Store
internal import System
internal import Verification

/// What comes of people's authenticators in a format.
struct Exporting {
    let format: ExportFormat
    let issuer: Text
    let policy: Policy
    /// What is written, a line an authenticator; each holds a secret.
    private(set) var lines: [Text] = []
    /// What cannot be, and why.
    private(set) var refused: [String] = []

    init(format: ExportFormat, issuer: Text, policy: Policy) {
        self.format = format
        self.issuer = issuer
        self.policy = policy
    }

    mutating func add(_ uids: [UserID], of store: borrowing Store) throws(AdminError) {
        for uid in uids {
            do throws(AdminError) {
                guard let record = try store.readRecord(of: uid) else { continue }
                add(record)
            } catch {
                // One damaged record must not hide the others.
                refused.append("refused uid \(uid): \(error.message)")
            }
        }
    }

    private mutating func add(_ record: Record) {
        let user = record.enrollment.name
        for authenticator in record.enrollment.authenticators {
            do throws(AdminError) {
                guard let progress = record.state.progress(of: authenticator.id) else {
                    throw AdminError(.dataError, "it is not active")
                }
                if progress.isDisabled {
                    throw AdminError(.dataError, "it is disabled, which the format cannot say")
                }
                guard progress.drift.magnitude <= policy.window.magnitude else {
                    throw AdminError(
                        .dataError,
                        "its clock is \(progress.drift) steps off, which the format cannot say"
                    )
                }
                lines.append(try line(authenticator, progress, of: user))
            } catch {
                refused.append("refused '\(user)' ('\(authenticator.name)'): \(error.message)")
            }
        }
    }

    private func line(
        _ authenticator: Authenticator,
        _ progress: LoginState.Progress,
        of user: Text
    ) throws(AdminError) -> Text {
        switch format {
        case .oath: return try OATHFile.line(authenticator, progress, of: user)
        case .uri:
            return OTPAuthURI(
                issuer: issuer,
                account: user,
                parameters: authenticator.parameters,
                counter: UInt64(clamping: progress.next),
                secret: unsafe authenticator.secret.withUnsafeBytes {
                    unsafe SecretBytes(copying: $0)
                }
            ).text()
        }
    }
}
