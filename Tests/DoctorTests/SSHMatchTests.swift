import Doctor
import Testing

@Suite struct SSHMatchTests {
    @Test(
        arguments: [
            ("Match User alice", [.user: "alice"]), ("match user alice,bob", [.user: "alice"]),
            ("Match User *,!root", [.user: "x"]), ("Match User !root,a*", [.user: "ax"]),
            ("Match User !root", [:]), ("Match all", [:]), ("Match", [:]), ("Match User", [:]),
            (" \tMatch  Group \"domain users\"  # x", [.group: "domain users"]),
            (
                "Match Address 192.0.2.0/24,2001:db8::/32 LocalPort 2222",
                [.address: "192.0.2.0", .localPort: "2222"]
            ),
            ("Match Address 10.1.*", [.address: "10.1.1.1"]),
            ("Match=User alice", [.user: "alice"]),
            (
                "Match Host *.example.org RDomain a Exec true",
                [.host: "x.example.org", .rdomain: "a"]
            ),
        ] as [(String, [SSHMatch.Criterion: String])]
    )
    func `a connection that a line is written for`(
        line: String,
        examples: [SSHMatch.Criterion: String]
    ) throws {
        let match = try #require(SSHMatch.read("Port 22\n\n\(line)\n").matches.first)
        #expect(match.line == 3)
        #expect(match.examples == examples)
    }

    /// What sshd 9.2 matches in each of these lines.
    @Test(
        arguments: [
            ("User alice,!a*,bob", [.user: "bob"]), ("User !x*,*", [.user: "y"]),
            ("User=alice Address=10.0.0.0/8", [.user: "alice", .address: "10.0.0.0"]),
            ("Host *.Example.ORG", [.host: "x.example.org"]),
            ("Address 192.168.0.0/16,!192.168.0.0/24", [.address: "192.168.255.0"]),
            ("Address *,!1.1.1.0/24", [.address: "192.0.2.1"]),
            ("Address 2001:db8:*", [.address: "2001:db8::1"]),
            ("Address 2001:db8::/32,!2001:db8::/48", [.address: "2001:db8:ffff::"]),
            // One of the criteria stands for nobody who is known, so neither does the line.
            ("User alice Address !10.0.0.0/8", [:]), ("User alice,!* LocalPort 2222", [:]),
        ] as [(String, [SSHMatch.Criterion: String])]
    )
    func `an example is none of those whom the line leaves out`(
        criteria: String,
        examples: [SSHMatch.Criterion: String]
    ) throws {
        let match = try #require(SSHMatch.read("Match \(criteria)").matches.first)
        #expect(match.examples == examples)
    }

    @Test func `files that are included, and what is neither`() {
        let file = """
            # Match User nobody
            Include /etc/ssh/sshd_config.d/*.conf "a b.conf"
            #Include no
            Subsystem sftp Match
            """
        let read = SSHMatch.read(file)
        #expect(read.matches.isEmpty)
        #expect(read.includes == ["/etc/ssh/sshd_config.d/*.conf", "a b.conf"])
    }
}
