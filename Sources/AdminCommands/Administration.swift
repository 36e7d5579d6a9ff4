internal import ArgumentParser
internal import Glibc
internal import Store
internal import System

/// What every command takes.
struct CommonOptions: ParsableArguments {
    @Option(
        name: .customLong("conf"),
        help: ArgumentHelp("Read another configuration.", valueName: "path"),
        completion: .file()
    )
    var configurationPath: String?

    /// Reads the configuration, for root alone.
    func readConfiguration() throws -> Configuration {
        guard geteuid() == 0 else {
            throw AdminError(.noPermission, "this must be run as root; try sudo")
        }
        do throws(ConfigurationError) {
            return try Configuration.read(path: configurationPath.map { Text($0.utf8) })
        } catch {
            throw AdminError(error)
        }
    }

    func openStore(_ configuration: Configuration) throws -> Store {
        do throws(StoreError) {
            return try Store(configuration)
        } catch {
            guard error.isNotFound else { throw AdminError(error) }
            throw AdminError(.unavailable, Self.explanation(of: error, configuration))
        }
    }

    /// What is missing, and what makes it be there.
    private static func explanation(of error: StoreError, _ configuration: Configuration) -> String
    {
        do throws(StoreError) {
            if let loss = try StoreLoss(in: configuration) { return loss.description.description }
        } catch {
            return error.description.description
        }
        return "\(error.description); see 'totp-admin init'"
    }

    func openStore() throws -> Store { try openStore(readConfiguration()) }
}

/// The account that a command is about.
struct UserArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The login name.", valueName: "user"), completion: .user)
    var name: String

    func find() throws(AdminError) -> Account { try Self.find(name) }

    static func find(_ name: String) throws(AdminError) -> Account {
        guard let account = try account(named: name) else { throw AdminError.noSuchUser(name) }
        return account
    }

    /// The account of that name; nil if there is none.
    static func account(named name: String) throws(AdminError) -> Account? {
        do throws(SystemError) {
            return try Account.find(named: Text(name.utf8))
        } catch {
            throw AdminError(.unavailable, "cannot look up '\(name)': \(error.description)")
        }
    }
}
