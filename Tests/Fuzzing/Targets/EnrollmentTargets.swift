internal import EnrollmentContents
internal import System
internal import Verification

@testable internal import Store

extension FuzzTarget {
    /// An enrollment, its secrets in the open; they are sealed before it is read.
    static let enrollment = FuzzTarget(name: "enrollment") { bytes in
        let key = Fixture.key()
        if let plain = decoded(bytes, under: key) {
            let isBare = plain.authenticators.isEmpty && plain.importedRecovery == nil
            require(isBare, "nothing opens that was not sealed")
        }
        let file = Sealing.seal(bytes, uid: Fixture.uid, under: key)
        guard let enrollment = enrollment(file, under: key) else { return }
        let contents = EnrollmentContents(enrollment)
        require(contents.isWithinBounds, "what is read is within its bounds")
        let again = decoded(Fixture.encoded(enrollment, under: key), under: key)
        require(again == contents, "what is written reads the same")
    }

    /// Bytes altered in an enrollment, or its end cut off.
    static let damagedEnrollment = FuzzTarget(name: "damaged-enrollment") { bytes in
        let file = Fixture.file()
        let damaged = Damage([.alter, .cut]).applied(to: file, by: bytes)
        guard let enrollment = enrollment(damaged, under: Fixture.key()) else {
            require(damaged != file, "an enrollment that is whole can be read")
            return
        }
        let known = EnrollmentContents(Fixture.enrollment)
        let contents = EnrollmentContents(enrollment)
        require(
            contents.authenticators == known.authenticators,
            "no authenticator is altered, lost or another's"
        )
        for text in Fixture.replies {
            let isAccepted = accepts(text, Fixture.enrollment)
            require(
                isAccepted || !accepts(text, enrollment),
                "nothing is accepted that the whole file would refuse"
            )
        }
    }

    private static func accepts(_ text: Text, _ enrollment: Enrollment) -> Bool {
        let judgement = Verifier.verify(
            Reply(parsing: text.utf8),
            of: enrollment,
            Fixture.state,
            at: Fixture.now,
            under: Policy()
        )
        if case .accepted = judgement.verdict { return true }
        return false
    }

    private static func decoded(
        _ file: [UInt8],
        under key: borrowing HostKey
    ) -> EnrollmentContents? {
        enrollment(file, under: key).map { EnrollmentContents($0) }
    }

    private static func enrollment(_ file: [UInt8], under key: borrowing HostKey) -> Enrollment? {
        do throws(StoreError) {
            return try EnrollmentFile.decode(file, uid: Fixture.uid, path: "e", under: key)
        } catch {
            require(error.description.utf8.isPrintable, "what the log gets of it is printable")
            return nil
        }
    }

    static let keyFile = FuzzTarget(name: "key-file") { bytes in
        guard let key = HostKey.parse(SecretBytes(bytes)) else { return }
        require(key.fileContents() == bytes, "there is one way to write a key")
    }
}
