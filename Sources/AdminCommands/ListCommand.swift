internal import ArgumentParser
internal import Store
internal import System
internal import Verification

/// Lists everybody who is enrolled: `totp-admin list`.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List everybody who is enrolled.",
        discussion: "Example: totp-admin list --json"
    )

    @OptionGroup var common: CommonOptions
    @Flag(help: "Print an array of what 'status --json' prints.")
    var json = false

    func run() throws {
        let configuration = try common.readConfiguration()
        let store = try common.openStore(configuration)
        var statuses: [UserStatus] = []
        var problems: [String] = []
        let now = Clock.now()
        do throws(StoreError) {
            for uid in try store.uids() {
                do throws(StoreError) {
                    guard let record = try store.record(of: uid) else { continue }
                    let name = record.enrollment.name
                    statuses.append(
                        UserStatus(uid, name, record, at: now, under: configuration.policy)
                    )
                } catch {
                    // One damaged record must not hide the others.
                    problems.append("totp-admin: \(error.description)")
                }
            }
        } catch {
            throw AdminError(error)
        }
        if json {
            try JSONOutput.write(statuses)
        } else {
            try Console.output.write(UserStatus.table(statuses))
        }
        for problem in problems { try Console.error.writeLine(problem) }
        if !problems.isEmpty {
            throw AdminError(.dataError, "records that could not be read: \(problems.count)")
        }
    }
}
