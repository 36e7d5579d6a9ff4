import OTP
import Testing

@testable import Verification

/// How many wrong codes there are: DESIGN.md, promise 6.
@Suite struct PurseTests {
    /// 10^digits / (3,000 × accepted), 100 at most; and 10^digits / (100,000 × accepted), 3 at most.
    struct Case: CustomTestStringConvertible {
        let digits: Int
        let window: Int64
        let capacity: UInt32
        let refund: UInt32

        var testDescription: String { "\(digits) digits, window \(window)" }
    }

    @Test(arguments: [
        Case(digits: 6, window: 0, capacity: 100, refund: 3),
        Case(digits: 6, window: 1, capacity: 100, refund: 3),
        Case(digits: 6, window: 2, capacity: 66, refund: 2),
        Case(digits: 6, window: 5, capacity: 30, refund: 0),
        Case(digits: 7, window: 5, capacity: 100, refund: 3),
        Case(digits: 8, window: 5, capacity: 100, refund: 3),
    ])
    func `time steps cost what they are worth`(example: Case) throws {
        var policy = Policy()
        policy.window = example.window
        let phone = try authenticator(parameters: .totp(digits: example.digits))
        let purse = Purse(for: [phone], under: policy)
        #expect(purse.capacity == example.capacity)
        #expect(purse.refund == example.refund)
    }

    @Test(arguments: [(1, 100, 3), (10, 33, 1), (50, 6, 0)] as [(Int64, UInt32, UInt32)])
    func `counters cost what they are worth`(
        lookAhead: Int64,
        capacity: UInt32,
        refund: UInt32
    )
        throws
    {
        var policy = Policy()
        policy.lookAhead = lookAhead
        let purse = Purse(for: [try authenticator(parameters: .hotp())], under: policy)
        #expect(purse.capacity == capacity)
        #expect(purse.refund == refund)
    }

    @Test func `the weakest authenticator decides`() throws {
        let strong = try authenticator(id: 1, parameters: .totp(digits: 8))
        let weak = try authenticator(id: 2, parameters: .hotp())
        #expect(Purse(for: [strong, weak], under: Policy()).capacity == 33)
    }

    @Test func `an administrator may set less and not more`() throws {
        var policy = Policy()
        policy.purse = 10
        policy.refund = 1
        let purse = Purse(for: [try authenticator()], under: policy)
        #expect(purse.capacity == 10)
        #expect(purse.refund == 1)
        policy.purse = 1_000_000
        #expect(policy.purse == 100)
        policy.lookAhead = 0
        #expect(policy.lookAhead == 1)
    }
}
