import EnrollmentContents
import OTP
import Store
import System
import Testing
import Verification

/// A damaged enrollment may deny; it must never give somebody other secrets or parameters.
@Suite struct EnrollmentDamageTests {
    private let enrollment: Enrollment
    private let bytes: [UInt8]

    init() throws {
        enrollment = Enrollment(
            uid: 1000,
            name: "alice",
            authenticators: [
                try authenticator("my phone", id: 0x1234_5678),
                try authenticator("token", id: 2, parameters: .hotp(algorithm: .sha256, digits: 8)),
            ]
        )
        bytes = try encoded(enrollment)
    }

    @Test func `every flipped bit is noticed or changes no authenticator`() {
        let whole = EnrollmentContents(enrollment)
        var decoded = 0
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << UInt8(bit)
                guard let contents = try? EnrollmentContents(decoding: damaged) else { continue }
                decoded += 1
                // A newline that is none any more makes the first authenticator part of the
                // user's name, which is then nobody's.
                if contents.name == whole.name {
                    #expect(contents.authenticators == whole.authenticators, "byte \(index)")
                }
                let known = contents.authenticators.allSatisfy(whole.authenticators.contains)
                #expect(known, "byte \(index) bit \(bit)")
                #expect(contents.recovery == nil)
            }
        }
        // The user's name is not bound, and "SHA1" is "sha1": some do decode.
        #expect(decoded > 0)
        #expect(decoded < 80)
    }

    @Test func `every byte of the recovery codes may change without touching an authenticator`()
        throws
    {
        var enrollment = enrollment
        enrollment.recovery = recoverySet()
        let bytes = try encoded(enrollment)
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= 1
            guard let contents = try? EnrollmentContents(decoding: damaged) else { continue }
            #expect(contents.authenticators == EnrollmentContents(enrollment).authenticators)
            #expect(contents.recovery?.hashes.count == 10)
        }
    }

    @Test func `no beginning of a file is read as a whole one`() throws {
        var enrollment = enrollment
        enrollment.recovery = recoverySet()
        let bytes = try encoded(enrollment)
        for length in bytes.indices {
            #expect(throws: StoreError.self) {
                try EnrollmentContents(decoding: Array(bytes.prefix(length)))
            }
        }
    }

    @Test(arguments: ["\n", " ", "x", "\0", "end 1\n", "user 1000 alice\n"])
    func `nothing may follow the end`(rest: String) {
        #expect(throws: StoreError.self) {
            try EnrollmentContents(decoding: bytes + Array(rest.utf8))
        }
    }

    @Test(arguments: UInt8.min..<32)
    func `a control character is refused wherever it stands`(control: UInt8) {
        for index in stride(from: 0, to: bytes.count - 1, by: 7) where bytes[index] != 10 {
            var damaged = bytes
            damaged[index] = control
            #expect(throws: StoreError.self) { try EnrollmentContents(decoding: damaged) }
        }
    }
}
