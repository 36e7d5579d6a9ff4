import Foundation
import System
import Testing

/// A clock that was a day ahead when somebody logged in, and is right again.
@Suite struct `a clock that was ahead` {
    private let machine: ExaminedMachine
    private let person: Enrollee
    private let until: String

    init() throws {
        machine = try ExaminedMachine()
        try machine.people(["alice"])
        let next = Int64(Date().timeIntervalSince1970) / 30 + 2881
        let account = Account(uid: 300_000, name: "alice", group: 100)
        person = try machine.site.enroll(next: next, as: account)
        let time = Date(timeIntervalSince1970: Double(next * 30)).ISO8601Format()
        until =
            "codes of 'app' are refused until \(time): the clock was ahead when one was used, "
            + "or the state was repaired"
    }

    private let advice = "wait, or enroll another authenticator and remove this one"

    private func admin(_ arguments: String..., input: String = "") throws -> Command {
        let type = ["sh", "-c", "printf '%s' \"$0\" | \"$@\"", input]
        return try machine.run(type + ["totp-admin"] + arguments + machine.configuration)
    }

    @Test func `status and the doctor say until when codes are refused, and why`() throws {
        let status = try admin("status", "alice")
        #expect(status.text.hasSuffix("wrong codes since: 0\n  \(until); \(advice)\n"))
        let json = try admin("status", "alice", "--json").text
        #expect(json.contains("\"refused_because\" : \"the clock was ahead when "))
        #expect(json.contains(/"refused_until" : "20[0-9-]{8}T[0-9:]{8}Z"/))
        #expect(try admin("list").text.hasSuffix(" refused\n"))

        let warning = try #require(
            try machine.examine().findings("warning", "people").first {
                $0.text.hasPrefix(
                    "whose right codes are refused for a time, since the clock was ahead"
                )
            }
        )
        #expect(warning.text.hasSuffix(": 1") && warning.remedy == advice)
        #expect(warning.evidence.count == 1)
        #expect(warning.evidence[0].hasPrefix("alice ('app' until 20"))
        #expect(try machine.examine("--user", "alice").problems == ["alice: \(until)"])
    }

    @Test func `resync says so of codes that are right, and of no others`() throws {
        let right = try admin("resync", "alice", input: "\(person.code(-1))\n\(person.code())\n")
        #expect(right.status == 65)
        #expect(right.error.hasSuffix("totp-admin: \(until); \(advice)\n"))
        let wrong = try admin("resync", "alice", input: "\(person.code())\n\(person.code(-1))\n")
        #expect(wrong.status == 65)
        #expect(wrong.error.contains("these are not two codes in a row of 'app'"))
    }

    @Test func `another authenticator is the way out`() throws {
        #expect(try admin("enroll", "alice", "--name", "new", "--no-confirm").status == 0)
        #expect(try admin("list").text.hasSuffix(" ok\n"))
        #expect(try admin("remove", "alice", "--name", "app").status == 0)
        #expect(try !admin("status", "alice").text.contains("refused until"))
        let report = try machine.examine("--user", "alice")
        #expect(report.problems.isEmpty)
    }

    @Test func `one that is disabled is not told of`() throws {
        #expect(try admin("disable", "alice").status == 0)
        #expect(try !admin("status", "alice").text.contains("refused until"))
        #expect(try !machine.examine().findings.contains { $0.text.contains("refused for a time") })
    }
}
