internal import System

/// The head of a backup: 44 bytes, little-endian, readable by anybody.
///
///      0   8  magic `ptotpbk1`
///      8   4  iterations of PBKDF2-HMAC-SHA-256; 0 if it is sealed under a key file
///     12  32  salt
struct BackupHead {
    static let size = 44

    let iterations: UInt32
    let salt: [UInt8]

    var isUnderPassphrase: Bool { iterations > 0 }

    private static let magic = ("ptotpbk1" as Text).utf8
    private static let saltLength = 32
    /// For passphrases: what OWASP recommends for PBKDF2-HMAC-SHA-256 (600,000 since 2023).
    static let iterations: UInt32 = 600_000
    /// What a file may ask for, so that a damaged one does not keep anybody waiting.
    private static let supportedIterations: ClosedRange<UInt32> = 0...10_000_000

    /// A new one, unlike any other.
    static func generate(iterations: UInt32) throws(SystemError) -> BackupHead {
        BackupHead(iterations: iterations, salt: try RandomBytes.generate(count: saltLength))
    }

    private init(iterations: UInt32, salt: [UInt8]) {
        self.iterations = iterations
        self.salt = salt
    }

    /// Nil if `bytes` are no head known here.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.size, bytes.starts(with: Self.magic),
            let iterations = UInt32(littleEndianBytes: bytes[8..<12]),
            Self.supportedIterations.contains(iterations)
        else { return nil }
        self.init(iterations: iterations, salt: Array(bytes[12...]))
    }

    var bytes: [UInt8] { Self.magic + iterations.littleEndianBytes + salt }
}

extension FixedWidthInteger {
    var littleEndianBytes: [UInt8] {
        (0..<Self.bitWidth / 8).map { UInt8(truncatingIfNeeded: self >> Self(8 * $0)) }
    }

    /// The number that as many bytes as it has spell; nil for more or fewer.
    init?(littleEndianBytes bytes: some Collection<UInt8>) {
        guard bytes.count == Self.bitWidth / 8 else { return nil }
        self = 0
        for (index, byte) in bytes.enumerated() {
            self |= Self(truncatingIfNeeded: byte) << Self(8 * index)
        }
    }
}
