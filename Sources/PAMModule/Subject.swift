internal import Store
internal import System
internal import Verification

/// Who is logging in.
struct Subject {
    /// The name as the application has it.
    let name: Text
    /// Nil for a name that is nobody's.
    let account: Account?
    let scope: Scope

    init(_ handle: PAMHandle, _ configuration: Configuration) throws(Failure) {
        let name = try Failure.wrapping(Failure.noUserName) { () throws(PAMFailure) in
            try handle.user()
        }
        let found = try Failure.wrapping(Failure.directoryUnavailable) {
            () throws(SystemError) -> (Account?, Scope) in
            guard let account = try Account.find(named: name) else { return (nil, .needsCode) }
            let scope = try configuration.exemptions.scope(
                of: account,
                from: handle.item(.remoteHost),
                asking: SystemGroups()
            )
            return (account, scope)
        }
        self.name = name
        account = found.0
        scope = found.1
    }

    /// The account, if there is one and it needs a code.
    var accountInScope: Account? {
        if case .exempt = scope { nil } else { account }
    }
}
