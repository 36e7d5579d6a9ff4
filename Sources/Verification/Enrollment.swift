package import OTP
package import System

/// What makes a person's codes: an app on a phone, a hardware token.
package final class Authenticator {
    package let id: Identifier
    /// What the person calls it; UTF-8, 1 to `maximumNameLength` bytes, no control characters.
    package let name: Text
    package let parameters: OTPParameters
    /// Seconds since 1970.
    package let enrolledAt: Int64
    package let secret: SecretBytes

    package static let maximumNameLength = 64

    package init(
        id: Identifier,
        name: Text,
        parameters: OTPParameters,
        enrolledAt: Int64,
        secret: consuming SecretBytes
    ) {
        self.id = id
        self.name = name
        self.parameters = parameters
        self.enrolledAt = enrolledAt
        self.secret = secret
    }

    /// The same authenticator under another name.
    package func renamed(to name: Text) -> Authenticator {
        let copy = unsafe secret.withUnsafeBytes { unsafe SecretBytes(copying: $0) }
        return Authenticator(
            id: id,
            name: name,
            parameters: parameters,
            enrolledAt: enrolledAt,
            secret: copy
        )
    }

    /// Whether `name` may be an authenticator's.
    package static func isValidName(_ name: Text) -> Bool {
        !name.isEmpty && name.utf8.count <= maximumNameLength
            && !name.holdsControlCharacter
            && ASCII.trimmed(name.utf8).count == name.utf8.count
    }
}

/// What a set of recovery codes is hashed with, wiped when the set is gone: that of imported codes is a
/// secret.
package final class Salt: Equatable {
    package let bytes: SecretBytes

    package init(_ bytes: consuming SecretBytes) { self.bytes = bytes }

    package static func == (left: Salt, right: Salt) -> Bool {
        left.bytes.isEqual(to: right.bytes)
    }
}

/// A person's recovery codes, as salted hashes: ten of ours, or up to ten that were imported.
package struct RecoverySet: Equatable {
    package let id: Identifier
    package let salt: Salt
    package let iterations: UInt32
    /// `RecoveryCode.hashLength` bytes each, by slot: `RecoveryCode.count` of ours, 1 to
    /// `RecoveryCode.count` imported ones.
    package let hashes: [[UInt8]]

    /// Bytes of salt.
    package static let saltLength = 16
    /// Digits of an imported code, which is all that google-authenticator makes.
    package static let importedDigits = 8
    /// What a file may ask for: enough, and never so much that a login waits.
    package static let supportedIterations: ClosedRange<UInt32> = 1...100_000

    package init(id: Identifier, salt: Salt, iterations: UInt32, hashes: [[UInt8]]) {
        self.id = id
        self.salt = salt
        self.iterations = iterations
        self.hashes = hashes
    }

    package init(id: Identifier, salt: [UInt8], iterations: UInt32, hashes: [[UInt8]]) {
        self.init(id: id, salt: Salt(SecretBytes(salt)), iterations: iterations, hashes: hashes)
    }
}

/// A person's second factor: what totp-admin wrote, and no login changes.
package struct Enrollment {
    /// How many authenticators a person may have; the state has room for as many.
    package static let maximumAuthenticators = 16

    package let uid: UserID
    /// The account's name when the record was last written.
    package var name: Text
    package var authenticators: [Authenticator]
    package var recovery: RecoverySet?
    /// Recovery codes that came along from google-authenticator: `RecoverySet.importedDigits`
    /// digits, 27 bits, which need the throttle that ours do not.
    package var importedRecovery: RecoverySet?

    package init(
        uid: UserID,
        name: Text,
        authenticators: [Authenticator] = [],
        recovery: RecoverySet? = nil,
        importedRecovery: RecoverySet? = nil
    ) {
        self.uid = uid
        self.name = name
        self.authenticators = authenticators
        self.recovery = recovery
        self.importedRecovery = importedRecovery
    }

    /// Whether a record can be written for an account of that name.
    ///
    /// A line of the enrollment holds it.
    package static func isValidUserName(_ name: Text) -> Bool {
        !name.isEmpty && !name.holdsControlCharacter
    }

    package func authenticator(named name: Text) -> Authenticator? {
        authenticators.first { $0.name == name }
    }
}

extension Text {
    /// Whether there is a character that would control a terminal: one of ASCII, or of those beside
    /// them (U+0080 to U+009F), which are two bytes of UTF-8.
    fileprivate var holdsControlCharacter: Bool {
        var before: UInt8 = 0
        for byte in utf8 {
            let isLater = before == 0xc2 && (0x80..<0xa0).contains(byte)
            if isLater || ASCII.isControl(byte) { return true }
            before = byte
        }
        return false
    }
}
