internal import ArgumentParser
internal import Store
internal import System
internal import Verification

/// The one of a user's authenticators that a command is about.
struct AuthenticatorArgument: ParsableArguments {
    @Option(
        help: "Which authenticator (needed if there are several).",
        completion: .authenticator
    )
    var name: String?

    func select(in record: Record) throws(AdminError) -> Authenticator {
        let enrollment = record.enrollment
        if let name {
            let name = Text(name.utf8)
            guard let authenticator = enrollment.authenticator(named: name) else {
                throw AdminError.noAuthenticator(named: name, of: enrollment.name)
            }
            return authenticator
        }
        guard let only = enrollment.authenticators.first, enrollment.authenticators.count == 1
        else {
            throw AdminError(
                .usage,
                "'\(enrollment.name)' has several authenticators; say which with --name"
            )
        }
        return only
    }

    /// The same one with how far it has got, if the state knows it.
    func selectActive(
        in record: Record
    ) throws(AdminError) -> (Authenticator, LoginState.Progress) {
        let authenticator = try select(in: record)
        guard let progress = record.state.progress(of: authenticator.id) else {
            throw AdminError(
                .dataError,
                "'\(authenticator.name)' is not active; see 'totp-admin resync'"
            )
        }
        return (authenticator, progress)
    }
}
