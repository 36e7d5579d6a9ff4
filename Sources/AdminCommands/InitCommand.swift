internal import ArgumentParser
internal import Store
internal import System

/// Makes the key and the store: `totp-admin init`.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make the key and the store that the configuration names.",
        discussion: """
            Does nothing if they are there.
            Example:
              totp-admin init
            """
    )

    @OptionGroup var common: CommonOptions

    func run() throws {
        let configuration = try common.readConfiguration()
        let outcome: StoreCreation
        let group = try Self.helperGroup()
        do throws(StoreCreationError) {
            outcome = try Store.create(configuration, group: group)
        } catch {
            throw AdminError(.unavailable, error.description.description)
        }
        let names = "key '\(configuration.keyFile)' and store '\(configuration.store)'"
        switch outcome {
        case .created: try Console.output.writeLine("made \(names)")
        case .alreadyThere: try Console.output.writeLine("left \(names) as they are")
        }
    }

    /// The group of the helper, where it exists; else root's, so that root alone has access.
    private static func helperGroup() throws(AdminError) -> GroupID {
        do throws(SystemError) {
            return try SystemGroups.helpers() ?? 0
        } catch {
            throw AdminError(.unavailable, "cannot look up the group 'totp': \(error.description)")
        }
    }
}
