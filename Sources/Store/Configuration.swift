package import System
package import Verification

/// What totp.conf(5) says: where things are, and the policy.
package struct Configuration: Equatable {
    package static let defaultPath: Text = "/etc/security/totp.conf"

    /// The folder of the store.
    package var store: Text = "/var/lib/pam-totp"
    /// The sealing key.
    package var keyFile: Text = "/etc/security/totp.key"
    /// Who the account is with, in authenticator apps; nil for the host's name.
    package var issuer: Text?
    package var policy = Policy()
    /// Who passes without a code, at the service that the configuration was read for.
    package var exemptions = Exemptions()
    /// Whether there is no such file and everything is as it is by default.
    package private(set) var isMissing = false

    package init() {}

    /// More bytes than a configuration has.
    private static let sizeLimit = 64 * 1024

    /// Reads the configuration.
    ///
    /// - Parameters:
    ///   - path: nil for the default one, which may be missing: then every setting has its default.
    ///   - service: whose section holds beside what stands above the first one; nil for none.
    ///   - owner: whose file is believed; 0, but in tests.
    /// - Returns: every setting within its bounds.
    /// - Throws: `ConfigurationError`.
    package static func read(
        path: Text? = nil,
        service: Text? = nil,
        owner: UserID = 0
    ) throws(ConfigurationError) -> Configuration {
        let name = path ?? defaultPath
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try TrustedFile.read(
                name,
                limit: sizeLimit,
                trust: .writtenByOwner(owner)
            )
        } catch {
            if path == nil, error.isNotFound {
                var configuration = Configuration()
                configuration.isMissing = true
                return configuration
            }
            throw .file(error)
        }
        // What an editor leaves on a full disk; it must not move the store to where the default is.
        if bytes.isEmpty { throw .empty(path: name) }
        do throws(SettingError) {
            return try Configuration(parsing: bytes, service: service)
        } catch {
            throw .setting(error, path: name)
        }
    }
}
