internal import System
internal import Verification

@testable internal import Store

/// Enrollments whose secrets are in the open, as no fuzzer can find sealed ones.
enum Sealing {
    /// The same file with each secret sealed, where a line makes enough sense for it.
    static func seal(
        _ file: [UInt8],
        uid: UserID,
        under key: borrowing HostKey
    ) -> [UInt8] {
        var lines: [[UInt8]] = []
        for line in file.lines() { lines.append(sealed(line, uid, key) ?? line) }
        return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    private static func sealed(
        _ line: [UInt8],
        _ uid: UserID,
        _ key: borrowing HostKey
    ) -> [UInt8]? {
        var place = 7
        var associated: [UInt8]?
        if let fields = TextLines.fields(of: line[...], after: "authenticator", count: 8) {
            associated = AuthenticatorLine(fields)?.associatedData(uid: uid)
        } else if let fields = TextLines.fields(of: line[...], after: "imported", count: 4) {
            place = 4
            let head = Text(fields[..<3].joined(separator: [UInt8(ascii: " ")]))
            associated =
                ("\(EnrollmentFile.header)\nuser \(uid)\nimported \(head)" as Text).utf8
        }
        guard let associated else { return nil }
        var words = line.split(
            separator: UInt8(ascii: " "),
            maxSplits: 8,
            omittingEmptySubsequences: false
        ).map { Array($0) }
        guard let secret = Hexadecimal.decode(words[place]), !secret.isEmpty else { return nil }
        do throws(SystemError) {
            let sealed = try Seal.seal(SecretBytes(secret), binding: associated, under: key.key)
            words[place] = Hexadecimal.encode(sealed).utf8
        } catch {
            fatalError("there are no random bytes")
        }
        return Array(words.joined(separator: [UInt8(ascii: " ")]))
    }
}
