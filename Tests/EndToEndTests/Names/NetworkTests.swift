import System
import Testing

/// `except_networks`, by what the application says of where somebody comes from (PAM_RHOST).
@Suite struct `exempt networks` {
    @Test(arguments: Origin.all)
    func `an address in a range needs no code, and nothing else does`(origin: Origin) throws {
        let site = try Site(settings: "except_networks = \(origin.ranges)")
        let person = try site.enroll()
        let visit = try site.visit(as: person.account.name, "no code", from: origin.host)
        #expect(visit.outcome == (origin.isExempt ? Visit.exempt : Visit.refused))
        let reason = origin.isExempt ? "exempt by except_networks" : "not a code"
        let lines = try SystemLog.lines(about: " user=\(person.account.name) ")
        #expect(lines.count == 1)
        #expect(lines[0].hasSuffix(#"authenticator="" reason="\#(reason)""#))
    }

    @Test func `who does not say where they come from needs a code`() throws {
        let site = try Site(settings: "except_networks = 0.0.0.0/0, ::/0")
        let person = try site.enroll()
        let answer = try site.login(person, "no code")
        #expect([answer.code, answer.prompts] == Visit.refused)
    }

    @Test func `a code that was not asked for is still good`() throws {
        let site = try Site(settings: "except_networks = 192.0.2.0/24")
        let person = try site.enroll()
        let (name, code) = (person.account.name, person.code())
        #expect(try site.visit(as: name, code, from: "192.0.2.7").outcome == Visit.exempt)
        #expect(try site.visit(as: name, code, from: "203.0.113.7").outcome == Visit.letIn)
        #expect(try site.visit(as: name, code, from: "203.0.113.7").outcome == Visit.refused)
        #expect(try site.visit(as: name, code, from: "192.0.2.7").outcome == Visit.exempt)
    }
}

/// Where somebody comes from, with the addresses of RFC 5737 and RFC 3849.
struct Origin: CustomTestStringConvertible {
    let ranges: String
    let host: String
    let isExempt: Bool

    var testDescription: String { "'\(host)' in \(ranges)" }

    init(_ host: String, in ranges: String, isExempt: Bool) {
        self.ranges = ranges
        self.host = host
        self.isExempt = isExempt
    }

    static let all =
        ["192.0.2.0", "192.0.2.255", "::ffff:192.0.2.7", "::FFFF:c000:207"]
        .map { Origin($0, in: "192.0.2.0/24", isExempt: true) }
        + [
            "", "192.0.3.0", "192.0.1.255", "::ffff:192.0.3.7", "::192.0.2.7", "localhost",
            "192.0.2.7.example.org", "192.0.2", "192.0.2.7/32", "192.0.2.0/24", " 192.0.2.7",
            "192.0.2.7 ", "192.0.2.7\n", "3221225991", "0xc0000207", "192.0.2.7,192.0.2.8",
        ].map { Origin($0, in: "192.0.2.0/24", isExempt: false) }
        + ["2001:db8::", "2001:DB8:0:0::7", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"]
        .map { Origin($0, in: "2001:db8::/32", isExempt: true) }
        + [
            "2001:db9::", "2001:db7:ffff::", "2001:db8", "2001:db8::7%eth0", "[2001:db8::7]",
            "192.0.2.7", "::ffff:192.0.2.7",
        ].map { Origin($0, in: "2001:db8::/32", isExempt: false) }
        + [
            Origin("203.0.113.9", in: "192.0.2.0/24,203.0.113.9", isExempt: true),
            Origin("203.0.113.8", in: "192.0.2.0/24,203.0.113.9", isExempt: false),
            Origin("192.0.2.127", in: "192.0.2.0/25", isExempt: true),
            Origin("192.0.2.128", in: "192.0.2.0/25", isExempt: false),
            Origin("192.0.2.7", in: "::ffff:192.0.2.0/120", isExempt: true),
            Origin("192.0.3.7", in: "::ffff:192.0.2.0/120", isExempt: false),
            Origin("192.0.2.7", in: "0.0.0.0/0", isExempt: true),
            Origin("2001:db8::7", in: "0.0.0.0/0", isExempt: false),
            Origin("2001:db8::7", in: "::/0", isExempt: true),
            Origin("192.0.2.7", in: "::/0", isExempt: false),
            Origin("", in: "0.0.0.0/0, ::/0", isExempt: false),
            Origin("localhost", in: "0.0.0.0/0, ::/0", isExempt: false),
        ]
}
