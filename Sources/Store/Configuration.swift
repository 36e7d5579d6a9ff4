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

    package init() {}

    /// More bytes than a configuration has.
    private static let sizeLimit = 64 * 1024

    /// Reads the configuration.
    ///
    /// - Parameters:
    ///   - path: nil for the default one, which may be missing: then every setting has its default.
    ///   - owner: whose file is believed; 0, but in tests.
    /// - Returns: every setting within its bounds.
    /// - Throws: `ConfigurationError`.
    package static func read(
        path: Text? = nil,
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
            if path == nil, error.isNotFound { return Configuration() }
            throw .file(error)
        }
        // What an editor leaves on a full disk; it must not move the store to where the default is.
        if bytes.isEmpty { throw .empty(path: name) }
        do throws(SettingError) {
            return try Configuration(parsing: bytes)
        } catch {
            throw .setting(error, path: name)
        }
    }
}

/// A configuration that cannot be read or makes no sense.
///
/// It denies every login.
package enum ConfigurationError: Error, Equatable {
    case file(FileError)
    case setting(SettingError, path: Text)
    case empty(path: Text)

    package var description: Text {
        switch self {
        case .file(let error): "cannot use \(error.description)"
        case .empty(let path): "cannot read '\(path)': the file is empty"
        case .setting(let error, let path): "cannot read '\(path)': \(error.description)"
        }
    }
}

/// A line of the configuration that is wrong.
package enum SettingError: Error, Equatable {
    case notASetting(line: Int)
    case unknownKey(line: Int, key: Text)
    case repeatedKey(line: Int, key: Text)
    case outOfBounds(line: Int, key: Text, bounds: ClosedRange<Int64>)
    case notAPath(line: Int, key: Text)
    case notText(line: Int, key: Text)

    package var description: Text {
        switch self {
        case .notASetting(let line):
            "line \(line): not 'key = value'"
        case .unknownKey(let line, let key):
            "line \(line): unknown key '\(key.escaped())'"
        case .repeatedKey(let line, let key):
            "line \(line): '\(key)' is set twice"
        case .outOfBounds(let line, let key, let bounds):
            "line \(line): '\(key)' is not a number from \(bounds.lowerBound) to \(bounds.upperBound)"
        case .notAPath(let line, let key):
            "line \(line): '\(key)' is not an absolute path"
        case .notText(let line, let key):
            "line \(line): '\(key)' is empty, too long or holds a control character or a colon"
        }
    }
}
