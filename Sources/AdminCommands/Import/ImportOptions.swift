internal import ArgumentParser
internal import Store
internal import System
internal import Verification

/// What every kind of import takes.
struct ImportOptions: ParsableArguments {
    @Flag(name: .customLong("dry-run"), help: "Say what would happen, and change nothing.")
    var isDryRun = false
    @Option(
        name: .customLong("refused"),
        help: ArgumentHelp("Write what is refused to a new file.", valueName: "file"),
        completion: .file()
    )
    var refusedPath: String?
    @Option(help: "What to call the authenticators; a number is added where the name is taken.")
    var name: String?

    /// Imports what `read` finds, given the time and the policy, and says what came of each item.
    func run(
        _ common: CommonOptions,
        _ read: (Int64, Policy) throws -> [ImportItem]
    ) throws {
        if let name { try Authenticator.checkName(Text(name.utf8)) }
        let configuration = try common.readConfiguration()
        let now = Clock.now()
        let items = try read(now, configuration.policy)
        var refused: [String] = []
        var count = 0
        // Before anything is changed, so that it cannot fail for a name that is taken.
        let path = isDryRun ? nil : refusedPath
        let file = try path.map { path throws(AdminError) in try NewSecretFile(path) }
        var importing = try Importing(
            store: common.openStore(configuration),
            name: name.map { Text($0.utf8) },
            isDryRun: isDryRun,
            now: now
        )
        for item in items {
            do throws(AdminError) {
                try Console.output.writeLine(TerminalText.shown(importing.add(item)))
                count += 1
            } catch {
                if error.status == .inputOutput { throw error }
                let verb = isDryRun ? "would refuse" : "refused"
                let line = TerminalText.shown(
                    "\(verb) '\(item.user)' (\(item.place)): \(error.message)"
                )
                refused.append(line)
                if file == nil { try Console.output.writeLine(line) }
            }
        }
        let reasons = refused.map { $0 + "\n" }.joined()
        do throws(AdminError) {
            try file?.finish(reasons)
        } catch {
            try Console.error.write("\(reasons)\(count) imported, \(refused.count) refused\n")
            throw error
        }
        try Console.output.writeLine(
            isDryRun
                ? "\(count) would be imported, \(refused.count) would be refused"
                : "\(count) imported, \(refused.count) refused\(whereReasonsAre(refused))"
        )
        if !refused.isEmpty { throw AdminError.saidAlready(.dataError) }
    }

    private func whereReasonsAre(_ refused: [String]) -> String {
        guard let refusedPath, !refused.isEmpty else { return "" }
        return "; the reasons are in '\(refusedPath)'"
    }
}
