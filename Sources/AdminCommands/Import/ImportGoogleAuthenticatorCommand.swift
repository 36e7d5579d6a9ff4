internal import ArgumentParser
internal import System
internal import Verification

/// Takes over from google-authenticator: `totp-admin import google-authenticator`.
struct ImportGoogleAuthenticatorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "google-authenticator",
        abstract: "Take over ~/.google_authenticator, recovery codes too.",
        discussion: """
            A file is believed only if it is its user's own, and closed to others. The files stay \
            where they are; remove them once everybody logs in. Recovery codes of eight digits go \
            on working, once each, until 'totp-admin recovery' replaces them.
            Example:
              totp-admin import google-authenticator --all-homes
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: ImportOptions
    @Option(help: ArgumentHelp("The file of one user.", valueName: "path"), completion: .file())
    var file: String?
    @Option(help: ArgumentHelp("Whose file it is.", valueName: "login-name"), completion: .user)
    var user: String?
    @Flag(help: "Every user who has such a file at home, as the system lists users.")
    var allHomes = false

    func validate() throws {
        let isOne = file != nil && user != nil && !allHomes
        guard isOne || (allHomes && file == nil && user == nil) else {
            throw ValidationError("Give either --file and --user, or --all-homes.")
        }
    }

    func run() throws {
        try options.run(common) { (now, policy) in
            guard let file, let user else { return try Self.itemsOfHomes(now, policy) }
            let account = try UserArgument.find(user)
            return [
                ImportItem(user: user, place: "'\(file)'") { () throws(AdminError) in
                    let bytes = try Self.read(Text(file.utf8), of: account)
                    return try GoogleAuthenticatorFile.authenticator(
                        in: bytes,
                        at: now,
                        under: policy
                    )
                }
            ]
        }
    }

    private static func itemsOfHomes(
        _ now: Int64,
        _ policy: Policy
    ) throws(AdminError) -> [ImportItem] {
        let homes = try AdminError.listing { () throws(SystemError) in try Account.withHome() }
        var items: [ImportItem] = []
        for (account, home) in homes {
            let path: Text = "\(home)/\(GoogleAuthenticatorFile.name)"
            let contents: Result<[UInt8]?, AdminError> = Result { () throws(AdminError) in
                try Homes.read(path, of: account, limit: GoogleAuthenticatorFile.sizeLimit)
            }
            if case .success(nil) = contents { continue }
            items.append(
                ImportItem(user: account.name.description, place: "'\(path)'") {
                    () throws(AdminError) in
                    try GoogleAuthenticatorFile.authenticator(
                        in: try contents.get() ?? [],
                        at: now,
                        under: policy
                    )
                }
            )
        }
        return items
    }

    /// What a file holds that may be its user's, or root's for its user.
    private static func read(_ path: Text, of account: Account) throws(AdminError) -> [UInt8] {
        do throws(FileError) {
            do throws(FileError) {
                return try TrustedFile.read(
                    path,
                    limit: GoogleAuthenticatorFile.sizeLimit,
                    trust: .secret(account.uid)
                )
            } catch {
                guard case .distrusted(.ownedBy(0, _), _) = error else { throw error }
                return try TrustedFile.read(
                    path,
                    limit: GoogleAuthenticatorFile.sizeLimit,
                    trust: .secret(0)
                )
            }
        } catch {
            throw AdminError(.dataError, error.description.description)
        }
    }
}
