import Foundation
import System
import Testing

/// How a line gets into a file.
enum LogFormat: CaseIterable {
    case traditional
    case iso8601
}

/// A site whose log is taken apart from everybody else's.
final class BannedSite {
    private let site: Site
    private let service = "ban-\(UInt32.random(in: 1...999_999_999))"
    private var count = 0

    init(_ settings: String) throws {
        site = try Site(settings: settings)
        try site.stack(service, "auth required pam_totp.so conf=\(site.folder)/totp.conf")
    }

    func enroll() throws -> Enrollee { try site.enroll() }

    func record(of person: Enrollee) -> String { "\(site.record(of: person))/enrollment" }

    /// Somebody without an authenticator.
    func newcomer(_ account: Account) throws -> Enrollee {
        Enrollee(account: account, authenticator: try enroll().authenticator, recoveryCodes: [])
    }

    func newcomer(named name: Text) throws -> Enrollee {
        try newcomer(Account(uid: 1, name: name, group: 100))
    }

    func login(_ person: Enrollee, _ reply: String, from host: String?) throws {
        let options = host.map { ["-h", $0] } ?? []
        _ = try site.login([(person, reply)], service: service, options: options)
        count += 1
    }

    /// What the module logged, as a syslog daemon writes it to a file.
    func log(_ format: LogFormat) throws -> String {
        let lines = try SystemLog.lines(about: "pam_totp(\(service):auth)", count: count)
        let written = try lines.map { line in
            // Priority, time without the year, and what the program said.
            let parts = try #require(line.firstMatch(of: /<\d+>(.{15}) (.*)/.dotMatchesNewlines()))
            let time =
                switch format {
                case .traditional: String(parts.1)
                case .iso8601: "2026-01-02T03:04:05.678901+00:00"
                }
            return "\(time) host \(parts.2)\n"
        }
        return written.joined()
    }
}
