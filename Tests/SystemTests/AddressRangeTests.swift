import System
import Testing

@Suite struct AddressRangeTests {
    private func range(_ written: String) -> AddressRange? {
        AddressRange(parsing: Array(written.utf8))
    }

    /// The ranges are RFC 5737's and RFC 3849's, for documentation.
    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7"), ("192.0.2.0/24", "192.0.2.0"), ("192.0.2.0/24", "192.0.2.255"),
        ("192.0.2.128/25", "192.0.2.128"), ("192.0.2.4/31", "192.0.2.5"),
        ("192.0.2.7/32", "192.0.2.7"), ("0.0.0.0/0", "203.0.113.9"), ("10.0.0.0/8", "10.255.0.1"),
        ("2001:db8::/32", "2001:db8:ffff::1"), ("2001:db8::1", "2001:DB8:0:0::1"),
        ("2001:db8::/33", "2001:db8:7fff::"), ("::/0", "2001:db8::1"), ("::1", "::1"),
        ("192.0.2.0/24", "::ffff:192.0.2.7"), ("::ffff:192.0.2.0/120", "192.0.2.7"),
        ("::ffff:c000:200/120", "::ffff:192.0.2.7"),
    ])
    func `an address is in its range`(written: String, host: String) throws {
        #expect(try #require(range(written)).contains(text(host)))
    }

    @Test(arguments: [
        ("192.0.2.7", "192.0.2.8"), ("192.0.2.0/24", "192.0.3.0"), ("192.0.2.0/24", "192.0.1.255"),
        ("192.0.2.128/25", "192.0.2.127"), ("192.0.2.4/31", "192.0.2.6"),
        ("2001:db8::/32", "2001:db9::"), ("2001:db8::/33", "2001:db8:8000::"),
        ("::/0", "192.0.2.7"), ("::/0", "::ffff:192.0.2.7"), ("0.0.0.0/0", "2001:db8::1"),
        ("0.0.0.0/0", "::1"), ("::ffff:0:0/96", "2001:db8::1"),
    ])
    func `another one is not`(written: String, host: String) throws {
        #expect(try !#require(range(written)).contains(text(host)))
    }

    @Test(arguments: [
        "", "localhost", "alice-laptop.lan", "192.0.2.7.example.org", "192.0.2.7 ", " 192.0.2.7",
        "192.0.2", "192.0.2.007", "0xc0.0.2.7", "3221225991", "192.0.2.7/24", "192.0.2.7:22",
        "[::1]", "fe80::1%lo", "::ffff:192.0.2.7.example.org", "192.0.2.7\n", "１92.0.2.7",
    ])
    func `what is not an address is in no range`(host: String) throws {
        for all in ["0.0.0.0/0", "::/0"] {
            #expect(try !#require(range(all)).contains(text(host)))
        }
    }

    @Test(arguments: [
        "", "/", "/24", "192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/24/24",
        "192.0.2.0/255.255.255.0", "192.0.2.0-192.0.2.9", "192.0.2.*", "192.0.2", "host",
        "host/24", "2001:db8::/129", "2001:db8::/x", "192.0.2.0 /24", "192.0.2.0/ 24",
        "192.0.2.0/99999999999999999999",
    ])
    func `what is neither an address nor a range is refused`(written: String) {
        #expect(range(written) == nil)
    }

    @Test(arguments: ["192.0.2.7/24", "192.0.2.1/31", "10.1.2.3/8", "2001:db8::1/32", "0.0.0.1/0"])
    func `an address with bits behind the prefix is refused`(written: String) {
        #expect(range(written) == nil)
    }
}
