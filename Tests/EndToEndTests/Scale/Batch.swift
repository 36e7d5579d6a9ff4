import Foundation
import System

/// A batch of users, its file, and the folder that it is enrolled into.
struct Batch {
    let site: Site
    let accounts: [Account]
    let output: String
    let file: String

    /// Makes so many accounts and a CSV of them.
    init(of count: Int, settings: String = "") throws {
        site = try Site(settings: settings)
        accounts = try (0..<count).map { _ in try Accounts.make() }
        output = "\(site.folder)/out"
        file = "\(site.folder)/users.csv"
        try write(accounts.map(\.name.description))
    }

    /// Puts these lines in the file, below a header.
    func write(_ lines: [String], header: String = "user") throws {
        let text = ([header] + lines).map { $0 + "\n" }.joined()
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    }

    func arguments(_ options: [String] = []) -> [String] {
        [
            "totp-admin", "enroll", "--conf", "\(site.folder)/totp.conf", "--output", output,
            "--batch", file,
        ] + options
    }

    func run(_ options: String..., input: String = "") throws -> Command {
        try Command.run(arguments(options), input: Data(input.utf8))
    }

    /// Runs it under a program that ends it by SIGKILL, if it gets that far.
    func runKilled(by wrapper: [String]) throws { _ = try Command.run(wrapper + arguments()) }

    /// How many records there are in the store.
    func records() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "\(site.folder)/store/users")
            .count { UInt32($0) != nil }
    }

    /// What was written for a user.
    func contents(for account: Account) throws -> String {
        try String(contentsOfFile: "\(output)/\(account.name).txt", encoding: .utf8)
    }

    /// The secret in a user's file, as the person types it.
    func secret(for account: Account) throws -> String {
        let contents = try contents(for: account)
        guard let match = contents.firstMatch(of: /Secret: +([A-Z2-7]+)\n/) else {
            throw Failure("no secret in: \(contents)")
        }
        return String(match.output.1)
    }

    /// Logs everybody in with the code of what is in their file.
    ///
    /// All at once: a code is good for a minute.
    func logEverybodyIn() throws -> [Answer] {
        var attempts: [(Text, String)] = []
        for account in accounts {
            let code = try Command.output(of: "oathtool", "--totp", "-b", secret(for: account))
            attempts.append((account.name, code.trimmed))
        }
        return try site.login(attempts)
    }
}
