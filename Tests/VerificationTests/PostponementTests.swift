import OTP
import System
import Testing
import Verification

/// Codes that are refused because later ones count as used.
@Suite struct PostponementTests {
    private func postponement(
        next: Int64,
        drift: Int32 = 0,
        lastUsedAt: Int64 = 0,
        parameters: OTPParameters? = nil
    ) throws -> Postponement? {
        let phone = try authenticator(parameters: parameters)
        let progress = LoginState.Progress(
            id: phone.id,
            next: next,
            drift: drift,
            lastUsedAt: lastUsedAt
        )
        return Postponement(of: phone, progress, at: now, under: Policy())
    }

    @Test func `what a login has just used up is none`() throws {
        for steps: Int64 in [-5, 0, 1, 2] {
            #expect(try postponement(next: nowStep + steps) == nil)
            #expect(try postponement(next: nowStep + steps + 7, drift: 7) == nil)
            #expect(try postponement(next: nowStep + steps - 7, drift: -7) == nil)
        }
        #expect(try postponement(next: 0) == nil)
        #expect(try postponement(next: .min) == nil)
    }

    @Test func `the clock was a day ahead`() throws {
        let day: Int64 = 2880
        let found = try #require(try postponement(next: nowStep + day + 1))
        #expect(found.clockWasAhead)
        #expect(found.until == (nowStep + day + 1) * 30)
        // A phone that is a minute ahead shows that step a minute earlier.
        #expect(try postponement(next: nowStep + day + 1, drift: 2)?.until == found.until - 60)
    }

    @Test func `a few minutes are the clock's if that is when it was used, and else a repair's`()
        throws
    {
        let used = try postponement(next: nowStep + 10, lastUsedAt: now + 270)
        #expect(used?.clockWasAhead == true)
        let repaired = try postponement(next: nowStep + 22, lastUsedAt: now - 60)
        #expect(repaired?.clockWasAhead == false)
        #expect(repaired?.until == (nowStep + 22) * 30)
    }

    @Test func `after a rebuilding it is until the moment that this has said`() throws {
        let phone = try authenticator()
        let enrollment = Enrollment(uid: 1000, name: "alice", authenticators: [phone])
        let rebuilt = Rebuilding(of: enrollment, from: nil, at: now, under: Policy())
        let progress = try #require(rebuilt.state.progress(of: phone.id))
        let found = try #require(Postponement(of: phone, progress, at: now, under: Policy()))
        #expect(!found.clockWasAhead)
        #expect(found.until == nowStep * 30 + 660)
        #expect(rebuilt.losses.contains("'phone' works again in 660 seconds"))
    }

    @Test func `no number is too large, and a counter has no time`() throws {
        #expect(try postponement(next: .max)?.until == .max)
        #expect(try postponement(next: .max, drift: -1) == nil)
        #expect(try postponement(next: .max, parameters: .hotp()) == nil)
    }
}
