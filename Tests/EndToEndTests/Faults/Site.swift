import Foundation
import OTP
import Store
import System
import Verification

/// A store of its own with its configuration and stacks, reached through the built module.
final class Site {
    let folder: String
    let configuration: Configuration
    private let keep: TemporaryFolder?

    /// A site in this folder, or in a temporary one, with these lines in its totp.conf.
    init(in folder: String? = nil, settings: String = "") throws {
        try Sandbox.enter()
        keep = folder == nil ? try TemporaryFolder() : nil
        self.folder = folder ?? keep?.url.path ?? ""
        configuration = try Self.configure(self.folder, settings)
        try FileManager.default.createDirectory(
            atPath: "\(self.folder)/pam.d",
            withIntermediateDirectories: false
        )
        try stack("code", "auth required pam_totp.so conf=\(self.folder)/totp.conf")
        // A stack in which every module ignores lets nobody in.
        try stack(
            "lenient",
            """
            auth required pam_totp.so conf=\(self.folder)/totp.conf
            auth required pam_permit.so
            """
        )
        try stack(
            "nullok",
            """
            auth required pam_totp.so nullok conf=\(self.folder)/totp.conf
            auth required pam_permit.so
            """
        )
        _ = try Store.create(configuration, group: 0)
    }

    /// Puts these lines in totp.conf in the place of those that the site began with.
    func configure(_ settings: String) throws { _ = try Self.configure(folder, settings) }

    private static func configure(_ folder: String, _ settings: String) throws -> Configuration {
        let lines = """
            store = \(folder)/store
            key_file = \(folder)/totp.key
            \(settings)

            """
        let configuration = try Configuration(parsing: Array(lines.utf8))
        try Data(lines.utf8).write(to: URL(fileURLWithPath: "\(folder)/totp.conf"))
        return configuration
    }

    /// The machine's own, with the stacks of /etc/pam.d: the one that real programs use.
    static func system() throws -> Site {
        try Sandbox.enter()
        return Site(folder: "/etc", configuration: Configuration())
    }

    private init(folder: String, configuration: Configuration) {
        keep = nil
        self.folder = folder
        self.configuration = configuration
    }

    func stack(_ service: String, _ lines: String) throws {
        try Data("\(lines)\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/pam.d/\(service)"))
    }

    func record(of person: Enrollee) -> String {
        "\(configuration.store)/users/\(person.account.uid)"
    }

    /// Somebody enrolled as nobody's app but this test's: somebody new, or who has this account.
    func enroll(
        _ parameters: OTPParameters? = nil,
        next: Int64 = 0,
        named name: Text = "app",
        as account: Account? = nil
    ) throws -> Enrollee {
        let account = try account ?? Accounts.make()
        let secret = Array("test secret of user \(account.uid)".utf8)
        let authenticator = Verification.Authenticator(
            id: try .random(),
            name: name,
            parameters: try parameters ?? .totp(),
            enrolledAt: 1,
            secret: SecretBytes(secret)
        )
        let recovery = try RecoverySet.generate()
        try change(account, creating: true) { record in
            try record.add(authenticator, LoginState.Progress(id: authenticator.id, next: next))
            record.replaceRecovery(with: recovery.set)
        }
        return Enrollee(
            account: account,
            authenticator: authenticator,
            recoveryCodes: recovery.codes.map(\.description)
        )
    }

    /// Changes a record as totp-admin does.
    func change(
        _ account: Account,
        creating: Bool = false,
        _ body: (inout Record) throws -> Void
    ) throws {
        let store = try Store(configuration)
        let outcome: Void? = try store.change(
            recordOf: account,
            creating: creating,
            lookUp: Account.find(named:)
        ) { (record) in try body(&record) }
        guard outcome != nil else { throw Failure("no record of \(account.name)") }
    }

    func state(of person: Enrollee) throws -> LoginState {
        guard let record = try Store(configuration).record(of: person.account.uid) else {
            throw Failure("no record of \(person.account.name)")
        }
        return record.state
    }

    /// Everybody's login at the same moment, answers in their order.
    ///
    /// `options` are pam-login's.
    func login(
        _ attempts: [(Enrollee, String)],
        service: String = "code",
        options: [String] = [],
        under wrapper: [String] = []
    ) throws -> [Answer] {
        let attempts = attempts.map { ($0.0.account.name, $0.1) }
        return try login(attempts, service: service, options: options, under: wrapper)
    }

    /// The same by names, which may be nobody's.
    func login(
        _ attempts: [(Text, String)],
        service: String = "code",
        options: [String] = [],
        under wrapper: [String] = []
    ) throws -> [Answer] {
        // In hexadecimal, since a name may be no text.
        let pairs = attempts.flatMap { ["\(Hexadecimal.encode($0.0.utf8))", $0.1] }
        let command = try Command.run(
            wrapper + [PAMLogin.path, "-x"] + options + ["\(folder)/pam.d", service] + pairs
        )
        let answers = command.text.split(separator: "\n").compactMap(Answer.init)
        guard answers.count == attempts.count else {
            throw Failure(
                "\(attempts.count) answers expected (\(command.status)): \(command.text)\(command.error)"
            )
        }
        return answers
    }

    func login(_ person: Enrollee, _ reply: String, service: String = "code") throws -> Answer {
        try login([(person, reply)], service: service)[0]
    }
}

/// What pam-login printed of one login.
struct Answer: Equatable {
    /// What pam_authenticate returned.
    let code: Int
    /// The messages shown, each behind its style.
    let shown: String

    /// How many questions were asked: styles 1 and 2 of pam_conv(3).
    var prompts: Int { shown.matches(of: /\[[12]\s/).count }

    /// How many messages there were that ask for nothing: styles 3 and 4.
    var infos: Int { shown.matches(of: /\[[34]\s/).count }

    static let success = 0
    static let refused = 7
    static let unavailable = 9
    static let tooMany = 11

    init?(_ line: Substring) {
        let parts = line.split(separator: " ", maxSplits: 1)
        guard let first = parts.first, let code = Int(first) else { return nil }
        self.code = code
        shown = parts.count > 1 ? String(parts[1]) : ""
    }
}

/// The program that these tests log in with, built beside them.
enum PAMLogin {
    /// The folder of what was built beside these tests.
    static let folder = URL(fileURLWithPath: CommandLine.arguments[0])
        .deletingLastPathComponent().path
    static let path = "\(folder)/pam-login"
}

/// Long forms, by scripts/soak.
enum Soak {
    static let isOn = ProcessInfo.processInfo.environment["TOTP_SOAK"] != nil

    static func rounds(_ short: Int, soak: Int) -> Int { isOn ? soak : short }
}
