import System
import Testing

/// `except_users`, `except_groups` and `only_groups`, and sections of totp.conf.
///
/// Who is in which group is what the directory says too.
@Suite struct `exempt people and groups` {
    private let directory: Directory
    private let site: Site

    init() throws {
        directory = try Directory()
        site = try Site()
    }

    /// Whether somebody needs a code, and what the log says of it.
    private func expect(
        _ account: Account,
        at service: String = "lenient",
        _ reason: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let visit = try site.visit(
            as: account.name,
            "no code",
            service: service,
            under: directory.wrapper
        )
        let isExempt = reason.hasPrefix("exempt by ")
        #expect(
            visit.outcome == (isExempt ? Visit.exempt : Visit.refused),
            sourceLocation: sourceLocation
        )
        let who = " user=\(account.name) rhost=\(visit.host) service=\(service) tty= "
        #expect(
            try visit.line().hasSuffix(who + #"authenticator="" reason="\#(reason)""#),
            sourceLocation: sourceLocation
        )
    }

    @Test func `a user by name, and nobody else`() throws {
        let (local, other) = (try site.enroll().account, try site.enroll().account)
        let remote = try site.enroll(as: directory.add()).account
        try site.configure("except_users = \(local.name), \(remote.name)")
        for account in [local, remote] { try expect(account, "exempt by except_users") }
        try expect(other, "not a code")
        try site.configure("except_users = \(local.name)x, \("\(remote.name)".uppercased())")
        for account in [local, remote] { try expect(account, "not a code") }
    }

    @Test func `members of a group of the directory`() throws {
        let (local, other) = (try site.enroll().account, try site.enroll().account)
        let remote = try site.enroll(as: directory.add()).account
        try directory.add(group: "dir-staff", 30001, members: [local, remote])
        try directory.add(group: "dir-quiet", 30002, members: [local, remote], areListed: false)
        for group in ["dir-staff", "dir-quiet", "DIR-Staff"] {
            try site.configure("except_groups = nogroup, \(group)")
            let reason = "exempt by except_groups, as a member of '\(group)'"
            for account in [local, remote] { try expect(account, reason) }
            try expect(other, "not a code")
            try site.configure("only_groups = nogroup, \(group)")
            for account in [local, remote] { try expect(account, "not a code") }
            try expect(other, "exempt by only_groups, as a member of none")
        }
    }

    /// 100 is `users` on Debian, which lists no members.
    @Test func `the primary group is one that somebody is in`() throws {
        let people = [try site.enroll().account, try site.enroll(as: directory.add()).account]
        for account in people {
            try site.configure("only_groups = users")
            try expect(account, "not a code")
            try site.configure("except_groups = users")
            try expect(account, "exempt by except_groups, as a member of 'users'")
            try site.configure("only_groups = nogroup")
            try expect(account, "exempt by only_groups, as a member of none")
        }
    }

    @Test(arguments: ["only_groups", "except_groups"])
    func `a group that is not to be found leaves everybody in scope, and is logged`(
        key: String
    ) throws {
        let account = try site.enroll().account
        let gone = "gone-\(key)"
        try site.configure("\(key) = users, \(gone)")
        try expect(account, "not a code")
        let lines = try SystemLog.lines(about: "there is no group '\(gone)'")
        #expect(lines.count == 1)
        // Facility authpriv (10), severity warning (4): syslog(3).
        #expect(lines[0].hasPrefix("<84>"))
        try site.configure("\(key) = \(gone)\nexcept_users = \(account.name)")
        try expect(account, "exempt by except_users")
    }

    @Test func `what a section says replaces what holds for all, at its service alone`() throws {
        let (anna, ben) = (try site.enroll().account, try site.enroll().account)
        try site.configure(
            """
            except_users = \(anna.name)
            only_groups = users
            [LENIENT]
            except_users = \(ben.name)
            [code]
            except_users =
            only_groups = nogroup
            """
        )
        let line = "auth required pam_totp.so conf=\(site.folder)/totp.conf\n"
        for service in ["code", "second"] {
            try site.stack(service, line + "auth required pam_permit.so")
        }
        try expect(anna, "not a code")
        try expect(ben, "exempt by except_users")
        try expect(anna, at: "second", "exempt by except_users")
        try expect(ben, at: "second", "not a code")
        for account in [anna, ben] {
            try expect(account, at: "code", "exempt by only_groups, as a member of none")
        }
    }

    @Test func `a section's networks hold at its service alone`() throws {
        let account = try site.enroll().account
        try site.configure("[lenient]\nexcept_networks = 192.0.2.0/24")
        let here = try site.visit(as: account.name, "", from: "192.0.2.7")
        #expect(here.outcome == Visit.exempt)
        let there = try site.visit(as: account.name, "", from: "192.0.2.7", service: "code")
        #expect(there.outcome == Visit.refused)
    }
}
