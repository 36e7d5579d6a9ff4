internal import ArgumentParser
internal import System

/// The name of a command, as it was typed.
enum CommandName {
    /// Throws for a name that no command has, with the one that is near.
    ///
    /// ArgumentParser takes it for a value that nobody asked for.
    static func check(
        _ arguments: [String],
        among commands: [any ParsableCommand.Type]
    ) throws(AdminError) {
        guard let typed = arguments.first, !typed.hasPrefix("-"), typed != "help" else { return }
        let names = commands.compactMap { $0.configuration.commandName }
        guard let index = names.firstIndex(of: typed) else {
            let near = nearest(to: typed, in: names).map { "; is it '\($0)'?" }
            throw AdminError(
                .usage,
                "there is no command '\(shown(typed))'\(near ?? "; see 'totp-admin --help'")"
            )
        }
        let subcommands = commands[index].configuration.subcommands
        if !subcommands.isEmpty { try check(Array(arguments.dropFirst()), among: subcommands) }
    }

    private static func shown(_ name: String) -> String { Text(name.utf8).escaped().description }

    /// The name that takes the fewest changes to be typed; nil if it is no mere slip.
    static func nearest(to typed: String, in names: [String]) -> String? {
        let distances = names.map { (name: $0, distance: distance(typed, $0)) }
        guard let nearest = distances.min(by: { $0.distance < $1.distance }),
            nearest.distance <= max(1, min(2, typed.count / 2))
        else { return names.first { typed.count > 2 && $0.hasPrefix(typed) } }
        return nearest.name
    }

    /// How many signs are to be put in, left out or changed (Levenshtein).
    private static func distance(_ first: String, _ second: String) -> Int {
        let second = Array(second)
        var row = Array(0...second.count)
        for (index, sign) in first.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in second.enumerated() {
                let change = diagonal + (sign == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(change, row[column] + 1, row[column + 1] + 1)
            }
        }
        return row[second.count]
    }
}
