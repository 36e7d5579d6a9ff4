internal import System

/// One thing that a file offers: an authenticator for somebody, or why it cannot be had.
struct ImportItem {
    /// The login name that the file, or the administrator, gives.
    let user: String
    /// Where it stands, as messages say it: `line 3`.
    let place: String
    /// What the file calls the authenticator, if it does.
    var name: Text?
    let authenticator: Result<ForeignAuthenticator, AdminError>

    init(
        user: String,
        place: String,
        name: Text? = nil,
        _ read: () throws(AdminError) -> ForeignAuthenticator
    ) {
        self.user = user
        self.place = place
        self.name = name
        authenticator = Result(catching: read)
    }
}
