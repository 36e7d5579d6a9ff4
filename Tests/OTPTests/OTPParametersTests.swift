import OTP
import Testing

@Suite struct OTPParametersTests {
    @Test(arguments: 6...8)
    func `six to eight digits are supported`(digits: Int) throws {
        #expect(try OTPParameters.totp(digits: digits).digits == digits)
        #expect(try OTPParameters.hotp(digits: digits).digits == digits)
    }

    @Test(arguments: [Int.min, -1, 0, 5, 9, 10, Int.max])
    func `any other number of digits is refused`(digits: Int) {
        #expect(throws: OTPError.unsupportedDigits(digits)) {
            try OTPParameters.totp(digits: digits)
        }
        #expect(throws: OTPError.unsupportedDigits(digits)) {
            try OTPParameters.hotp(digits: digits)
        }
    }

    @Test(arguments: [5, 6, 30, 60, 299, 300])
    func `periods of 5 to 300 seconds are supported`(period: Int) throws {
        let parameters = try OTPParameters.totp(period: period)
        #expect(parameters.movingFactor == .timeStep(period: Int64(period)))
    }

    @Test(arguments: [Int.min, -30, 0, 1, 4, 301, 3600, Int.max])
    func `any other period is refused`(period: Int) {
        #expect(throws: OTPError.unsupportedPeriod(period)) {
            try OTPParameters.totp(period: period)
        }
    }

    /// What authenticator apps assume (Google's Key URI Format).
    @Test func `without more it is SHA-1, six digits, thirty seconds`() throws {
        let parameters = try OTPParameters.totp()
        #expect(parameters.algorithm == .sha1)
        #expect(parameters.digits == 6)
        #expect(parameters.movingFactor == .timeStep(period: 30))
    }

    @Test func `counter-based parameters have no period`() throws {
        #expect(try OTPParameters.hotp(algorithm: .sha512).movingFactor == .counter)
        #expect(try OTPParameters.hotp(algorithm: .sha512).algorithm == .sha512)
    }
}
