internal import ArgumentParser
internal import Store
internal import System
internal import Verification

/// Lists who is enrolled, or who is not: `totp-admin list`.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List who is enrolled, or some of them, or who is not.",
        discussion: """
            The state is ok; waiting until a time, or stopped until 'unlock', after wrong codes; or \
            that of all their authenticators: disabled, inactive until 'resync', or refused for a \
            time, which 'status' tells. Several filters together list who passes all of them.
            Example:
              totp-admin list --few-recovery-codes --sort last-login
            """
    )

    @OptionGroup var common: CommonOptions
    @Flag(
        help: ArgumentHelp(
            "List the accounts that are not enrolled and have a shell of shells(5).",
            discussion: "As far as the system's directory of users lets itself be listed."
        )
    )
    var notEnrolled = false
    @Flag(help: "List whose codes are not looked at: stopped, or waiting after wrong codes.")
    var locked = false
    @Option(
        defaultAsFlag: 3,
        help: ArgumentHelp(
            "List who has this many recovery codes left or fewer, 3 if no number is given.",
            valueName: "n"
        )
    )
    var fewRecoveryCodes: Int?
    @Option(
        help: ArgumentHelp(
            "List who has not logged in with a code since this day (UTC) began, or never.",
            valueName: "yyyy-mm-dd"
        )
    )
    var lastUsedBefore: String?
    @Option(help: "By what to sort.")
    var sort = Listing.Order.uid
    @Flag(help: "Print an array of what 'status --json' prints.")
    var json = false
    @Flag(help: "Print comma-separated values for a spreadsheet.")
    var csv = false

    func validate() throws {
        if json, csv { throw ValidationError("give either --json or --csv") }
        if notEnrolled, locked || fewRecoveryCodes != nil || lastUsedBefore != nil {
            throw ValidationError("--not-enrolled goes with no other filter")
        }
    }

    func run() throws {
        let configuration = try common.readConfiguration()
        var filter = Listing.Filter(isLocked: locked, mostRecoveryCodes: fewRecoveryCodes)
        if let day = lastUsedBefore {
            guard let time = Timestamp.start(ofDay: day) else {
                throw AdminError(.usage, "'\(day)' is not a day such as 2026-01-31")
            }
            filter.lastLoginBefore = time
        }
        let store = try common.openStore(configuration)
        var listing =
            notEnrolled
            ? try Listing(notEnrolledIn: store)
            : try Listing(enrolledIn: store, filter, at: Clock.now(), under: configuration.policy)
        listing.sort(by: sort)
        try print(listing.entries.map(\.status))
        for problem in listing.problems { try Console.error.writeLine("totp-admin: \(problem)") }
        if !listing.problems.isEmpty {
            throw AdminError(
                .dataError,
                "records that could not be read: \(listing.problems.count)"
            )
        }
    }

    private func print(_ statuses: [UserStatus]) throws {
        if json {
            try JSONOutput.write(all: statuses)
        } else {
            try Console.output.write(
                csv ? StatusTable.csv(statuses) : StatusTable.columns(statuses)
            )
        }
    }
}
