import EnrollmentContents
import OTP
import Store
import System
import Testing
import Verification

/// How imported recovery codes are kept in an enrollment.
@Suite struct ImportedRecoveryFileTests {
    /// `count` hashes of nothing in particular.
    private func set(count: Int = 5) -> RecoverySet {
        let ten = recoverySet(id: 8)
        return RecoverySet(
            id: ten.id,
            salt: Array(0xf0...0xff),
            iterations: ten.iterations,
            hashes: Array(ten.hashes.prefix(count))
        )
    }

    private func enrollment(
        _ imported: RecoverySet,
        recovery: RecoverySet? = nil
    ) throws
        -> Enrollment
    {
        Enrollment(
            uid: 1000,
            name: "alice",
            authenticators: [try authenticator()],
            recovery: recovery,
            importedRecovery: imported
        )
    }

    @Test(arguments: 1...10)
    func `one to ten codes are read as they were written`(count: Int) throws {
        for recovery in [nil, recoverySet()] {
            let enrollment = try enrollment(set(count: count), recovery: recovery)
            let contents = try EnrollmentContents(decoding: try encoded(enrollment))
            #expect(contents == EnrollmentContents(enrollment))
        }
    }

    @Test(arguments: [0, 11])
    func `no codes, and more than ten, are refused`(count: Int) throws {
        let hashes = [[UInt8]](repeating: [UInt8](repeating: 1, count: 32), count: count)
        let set = RecoverySet(
            id: Identifier(value: 8),
            salt: Array(0..<16),
            iterations: 1000,
            hashes: hashes
        )
        let bytes = try encoded(try enrollment(set))
        #expect(throws: StoreError.self) { try EnrollmentContents(decoding: bytes) }
    }

    @Test func `the salt is not in the file`() throws {
        let text = String(decoding: try encoded(try enrollment(set())), as: UTF8.self)
        #expect(!text.contains("f0f1f2f3"))
    }

    @Test func `no byte of the line can be changed, and no code taken away`() throws {
        let enrollment = try enrollment(set())
        let bytes = try encoded(enrollment)
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        let start = try #require(
            bytes.indices.first { bytes[$0...].starts(with: Array("imported ".utf8)) }
        )
        for index in start..<start + lines[3].count {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << UInt8(bit)
                #expect(throws: StoreError.self, "byte \(index) bit \(bit)") {
                    try EnrollmentContents(decoding: damaged)
                }
            }
        }
        let without = lines[..<8] + lines[9...]
        #expect(throws: StoreError.self) {
            try EnrollmentContents(decoding: without.flatMap { Array($0) + [UInt8(ascii: "\n")] })
        }
    }

    @Test func `no beginning of a file is read as a whole one`() throws {
        let bytes = try encoded(try enrollment(set(), recovery: recoverySet()))
        for length in bytes.indices {
            #expect(throws: StoreError.self) {
                try EnrollmentContents(decoding: Array(bytes.prefix(length)))
            }
        }
    }

    @Test func `another key, and another uid, open nothing`() throws {
        let bytes = try encoded(try enrollment(set()))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(throws: StoreError.self) { try EnrollmentContents(decoding: bytes, key: 2) }
        let alone = Enrollment(uid: 1000, name: "alice", importedRecovery: set())
        let moved = String(decoding: try encoded(alone), as: UTF8.self)
            .replacing("user 1000", with: "user 1001")
        #expect(throws: StoreError.cannotUnseal(path: "/enrollment", line: 3)) {
            try EnrollmentContents(decoding: Array(moved.utf8), uid: 1001)
        }
        #expect(text.contains("\nimported 0000000000000008 1000 5 "))
    }
}

/// Recovery codes from elsewhere in a person's record.
@Suite struct ImportedRecoveryRecordTests {
    @Test func `new recovery codes take the place of imported ones`() throws {
        var record = Record(
            enrollment: Enrollment(uid: 1000, name: "alice"),
            state: LoginState()
        )
        let imported = recoverySet(id: 8)
        record.importRecovery(imported)
        #expect(record.recoveryCodesLeft == 10)
        record.replaceRecovery(with: recoverySet(id: 7))
        #expect(record.recoveryCodesLeft == 10)
        #expect(record.enrollment.importedRecovery == nil)
        #expect(record.state.importedRecovery == nil)
    }
}
