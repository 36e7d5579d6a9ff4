import Foundation
import System
import Testing

/// What somebody is told beside the question, and what the log is.
@Suite struct MessageTests {
    private let site: Site

    init() throws {
        site = try Site()
        for option in ["silent", "debug"] {
            try site.stack(
                option,
                "auth required pam_totp.so \(option) conf=\(site.folder)/totp.conf"
            )
        }
    }

    @Test func `who logs in hears of wrong codes and of the recovery codes left`() throws {
        let person = try site.enroll()
        _ = try site.login(person, person.wrongCode)
        let answer = try site.login(person, person.recoveryCodes[0])
        #expect(answer.code == Answer.success)
        #expect(
            answer.shown == "[1 Verification code: ]"
                + " [4 You have used a recovery code. Codes left: 9.]"
                + " [4 Wrong codes since your last login: 1.]"
        )
    }

    @Test(arguments: [("silent", [String]()), ("code", ["-q"])])
    func `with silent, or PAM_SILENT, nobody is told anything`(
        service: String,
        options: [String]
    ) throws {
        let person = try site.enroll()
        for (reply, code) in [
            (person.wrongCode, Answer.refused), (person.recoveryCodes[0], Answer.success),
        ] {
            let answer = try site.login([(person, reply)], service: service, options: options)[0]
            #expect(answer.code == code)
            #expect(answer.shown == "[1 Verification code: ]")
        }
        // Who logs in next is told of what this one was not.
        let told = try site.login(person, person.recoveryCodes[1])
        #expect(told.shown.hasSuffix("[4 Wrong codes since your last login: 1.]"))
        // The log still is.
        let lines = try SystemLog.lines(about: "accepted user=\(person.account.name) ")
        #expect(lines[0].hasSuffix(#"authenticator="" reason="recovery code, 9 left""#))
    }

    @Test func `with debug the log says more, and nothing of what was typed`() throws {
        let person = try site.enroll()
        let replies = [
            person.code(), person.wrongCode, person.recoveryCodes[0], "a password of somebody's",
        ]
        for reply in replies { _ = try site.login(person, reply, service: "debug") }
        let name = person.account.name
        _ = try SystemLog.lines(about: "user=\(name) ", count: replies.count)
        let details = try SystemLog.lines(about: "uid=\(person.account.uid) ", count: replies.count)
        // Facility authpriv (10), severity debug (7): syslog(3).
        #expect(details.allSatisfy { $0.hasPrefix("<87>") })
        #expect(details[0].contains("store='\(site.folder)/store' time="))
        let log = try SystemLog.shared.get().lines.filter { $0.contains("pam_totp(debug:auth)") }
        for reply in replies + ["test secret"] {
            #expect(log.allSatisfy { !$0.contains(reply) }, "\(reply)")
        }
    }

    @Test func `forward_pass is refused, and why is said`() throws {
        let person = try site.enroll()
        try site.stack(
            "forward",
            "auth required pam_totp.so forward_pass conf=\(site.folder)/totp.conf"
        )
        let answer = try site.login(person, person.code(), service: "forward")
        #expect(answer == Answer("3 "))
        let line = try SystemLog.lines(about: "pam_totp(forward:auth)")[0]
        #expect(line.contains("forward_pass") && line.contains("split_pass"), "\(line)")
    }
}
