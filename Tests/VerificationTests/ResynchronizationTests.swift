import OTP
import Testing
import Verification

/// Two codes in a row put an authenticator in step again (RFC 4226 §7.4).
@Suite struct ResynchronizationTests {
    private func value(_ code: String) throws -> UInt32 { try #require(UInt32(code)) }

    private func find(
        _ first: String,
        _ second: String,
        next: Int64 = 0,
        parameters: OTPParameters? = nil,
        maxDrift: Int64 = 20
    ) throws -> LoginState.Progress? {
        let phone = try authenticator(parameters: parameters)
        var policy = Policy()
        policy.maxDrift = maxDrift
        return Resynchronization.progress(
            of: phone,
            LoginState.Progress(id: phone.id, next: next),
            showing: (try value(first), try value(second)),
            at: now,
            under: policy
        )
    }

    @Test(arguments: [-3, -1, 0, 3, 4])
    func `the drift is found and both codes are used up`(offset: Int) throws {
        let progress = try find(code(offset - 1), code(offset))
        #expect(progress?.drift == Int32(offset))
        #expect(progress?.next == nowStep + Int64(offset) + 1)
    }

    @Test func `codes that are not in a row are not taken`() throws {
        #expect(try find(code(0), code(2)) == nil)
        #expect(try find(code(1), code(0)) == nil)
        #expect(try find(code(0), code(0)) == nil)
    }

    @Test func `it is not searched beyond max_drift`() throws {
        #expect(try find(code(2), code(3), maxDrift: 3) != nil)
        #expect(try find(code(2), code(3), maxDrift: 2) == nil)
    }

    @Test func `codes that were used before do not count`() throws {
        #expect(try find(code(-1), code(0), next: nowStep) == nil)
        #expect(try find(code(0), code(1), next: nowStep) != nil)
    }

    @Test func `a counter is found`() throws {
        let hotp = try OTPParameters.hotp()
        #expect(try find(codeByCounter[30], codeByCounter[31], parameters: hotp)?.next == 32)
        #expect(try find(codeByCounter[30], codeByCounter[32], parameters: hotp) == nil)
        #expect(try find(codeByCounter[3], codeByCounter[4], next: 4, parameters: hotp) == nil)
    }
}
