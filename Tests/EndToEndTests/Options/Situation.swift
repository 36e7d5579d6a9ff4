import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// What a login meets when it is answered with the reply that belongs to it, and what comes of it.
enum Situation: CaseIterable {
    case rightCode, wrongCode, usedCode, noCode, waiting, stopped, notEnrolled, unknownUser, exempt
    case keyMissing, badConfiguration

    /// What pam_authenticate returns, by its number in Linux-PAM's _pam_types.h.
    ///
    /// A stack in which every module ignores ends with PAM_PERM_DENIED.
    var code: Int {
        switch self {
        case .rightCode: 0
        case .wrongCode, .usedCode, .noCode, .notEnrolled, .unknownUser: 7
        case .waiting, .stopped: 11
        case .exempt: 6
        case .keyMissing: 9
        case .badConfiguration: 3
        }
    }

    /// Whether there are people whose codes are looked at.
    ///
    /// For the others it does not matter what they reply.
    var dependsOnReply: Bool {
        switch self {
        case .rightCode, .wrongCode, .usedCode, .noCode, .waiting, .stopped: true
        case .notEnrolled, .unknownUser, .exempt, .keyMissing, .badConfiguration: false
        }
    }
}

/// Somebody in each of the situations, at sites where the module's line has some options.
final class Situations {
    private let sites: [Site]
    private var people: [Situation: (site: Site, person: Enrollee?, name: String)] = [:]

    /// Makes everybody, with a stack of these `auth` lines, to which `conf=` is added.
    init(lines: [String]) throws {
        let site = try Site()
        let impatient = try Site(settings: "free_attempts = 1\nfirst_wait = 900")
        let poor = try Site(settings: "purse = 5\nfree_attempts = 10")
        let lenient = try Site(settings: "except_groups = users")
        let (keyless, broken) = (try Site(), try Site(settings: "# one more"))
        sites = [site, impatient, poor, lenient, keyless, broken]
        for (situation, site) in [
            (Situation.rightCode, site), (.wrongCode, site), (.usedCode, site), (.noCode, site),
            (.waiting, impatient), (.stopped, poor), (.exempt, lenient), (.keyMissing, keyless),
            (.badConfiguration, broken),
        ] {
            let person = try site.enroll(.hotp(), next: situation == .usedCode ? 1 : 0)
            people[situation] = (site, person, person.account.name.description)
        }
        people[.notEnrolled] = (site, nil, try Accounts.make().name.description)
        people[.unknownUser] = (site, nil, "nobody-of-that-name")

        for (site, situation, wrong) in [(impatient, Situation.waiting, 1), (poor, .stopped, 5)] {
            let person = try #require(people[situation]?.person)
            for _ in 0..<wrong {
                try #require(try site.login(person, Self.wrong(person)).code == 7)
            }
        }
        try FileManager.default.removeItem(atPath: "\(keyless.folder)/totp.key")
        try Data("nonsense\n".utf8).write(to: URL(fileURLWithPath: "\(broken.folder)/totp.conf"))
        for site in sites {
            let lines = lines.map { "auth \($0) conf=\(site.folder)/totp.conf" }
            try site.stack("table", lines.joined(separator: "\n"))
        }
    }

    /// A login in a situation; `manner` is how the application answers.
    func login(_ situation: Situation, _ manner: Manner) throws -> Answer {
        let (site, person, name) = try #require(people[situation])
        if situation == .wrongCode, let person { try site.change(person.account) { $0.unlock() } }
        let reply = try manner.reply ?? self.reply(situation, person, site)
        let command = try Command.run(
            [PAMLogin.path] + manner.options + ["\(site.folder)/pam.d", "table", name, reply]
        )
        return try #require(Answer(Substring(command.text.trimmed)), "\(command.error)")
    }

    private func reply(_ situation: Situation, _ person: Enrollee?, _ site: Site) throws -> String {
        guard let person else { return "000000" }
        switch situation {
        case .rightCode:
            let progress = try site.state(of: person).progress(of: person.authenticator.id)
            return person.code(at: try #require(progress).next)
        case .usedCode: return person.code(at: 0)
        case .noCode: return "no code"
        default: return Self.wrong(person)
        }
    }

    private static func wrong(_ person: Enrollee) -> String {
        let near = (0..<200).map { person.code(at: $0) }
        return (0...200).map { String(format: "%06d", 1000 + $0) }.first { !near.contains($0) }
            ?? ""
    }
}
