internal import OTP
internal import System
internal import Verification

/// The lines of recovery codes in an enrollment.
extension EnrollmentFile {
    static func recoveryLines(
        _ enrollment: Enrollment,
        under key: borrowing HostKey
    ) throws(SystemError) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        if let set = enrollment.recovery {
            let salt = unsafe set.salt.bytes.withUnsafeBytes { unsafe Hexadecimal.encode($0) }
            lines.append(("recovery \(set.id.text) \(set.iterations) \(salt)" as Text).utf8)
            lines += codeLines(set)
        }
        if let set = enrollment.importedRecovery {
            let head = importedHead(set.id, set.iterations, count: set.hashes.count)
            let sealed = try Seal.seal(
                set.salt.bytes,
                binding: importedAssociatedData(head, uid: enrollment.uid),
                under: key.key
            )
            lines.append(("\(head) \(Hexadecimal.encode(sealed))" as Text).utf8)
            lines += codeLines(set)
        }
        return lines
    }

    static func recovery(
        _ fields: [ArraySlice<UInt8>],
        _ lines: inout TextLines
    ) throws(StoreError) -> RecoverySet {
        guard let id = Identifier(text: fields[0]),
            let iterations = Decimal.parse(fields[1], as: UInt32.self),
            RecoverySet.supportedIterations.contains(iterations),
            let salt = Hexadecimal.decode(fields[2]), salt.count == RecoverySet.saltLength
        else { throw lines.malformed("this is not a set of recovery codes") }
        let hashes = try hashes(count: RecoveryCode.count, &lines)
        return RecoverySet(id: id, salt: salt, iterations: iterations, hashes: hashes)
    }

    static func importedRecovery(
        _ fields: [ArraySlice<UInt8>],
        _ lines: inout TextLines,
        uid: UserID,
        path: Text,
        under key: borrowing HostKey
    ) throws(StoreError) -> RecoverySet {
        guard let id = Identifier(text: fields[0]),
            let iterations = Decimal.parse(fields[1], as: UInt32.self),
            RecoverySet.supportedIterations.contains(iterations),
            let count = Decimal.parse(fields[2], as: Int.self),
            (1...RecoveryCode.count).contains(count),
            let sealed = Hexadecimal.decode(fields[3])
        else { throw lines.malformed("this is not a set of recovery codes") }
        let head = importedHead(id, iterations, count: count)
        guard let salt = key.open(sealed, binding: importedAssociatedData(head, uid: uid)) else {
            throw .cannotUnseal(path: path, line: lines.number)
        }
        return RecoverySet(
            id: id,
            salt: Salt(salt),
            iterations: iterations,
            hashes: try hashes(count: count, &lines)
        )
    }

    private static func importedHead(_ id: Identifier, _ iterations: UInt32, count: Int) -> Text {
        "imported \(id.text) \(iterations) \(count)"
    }

    private static func importedAssociatedData(_ head: Text, uid: UserID) -> [UInt8] {
        ("\(header)\nuser \(uid)\n\(head)" as Text).utf8
    }

    private static func codeLines(_ set: RecoverySet) -> [[UInt8]] {
        set.hashes.map { ("code \(Hexadecimal.encode($0))" as Text).utf8 }
    }

    private static func hashes(
        count: Int,
        _ lines: inout TextLines
    ) throws(StoreError) -> [[UInt8]] {
        var hashes: [[UInt8]] = []
        for _ in 0..<count {
            guard let fields = TextLines.fields(of: try lines.next(), after: "code", count: 1),
                let hash = Hexadecimal.decode(fields[0]), hash.count == RecoveryCode.hashLength
            else { throw lines.malformed("this is not the hash of a recovery code") }
            hashes.append(hash)
        }
        return hashes
    }
}
