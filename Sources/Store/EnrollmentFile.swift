internal import OTP
package import System
package import Verification

/// The text of an enrollment: a line an item, in this order, and nothing else.
///
///     pam-totp enrollment 1
///     user UID NAME
///     authenticator ID totp|hotp ALGORITHM DIGITS PERIOD ENROLLED-AT SEALED NAME
///     recovery ID ITERATIONS SALT
///     code HASH                                     (as many as there are slots)
///     imported ID ITERATIONS NUMBER-OF-CODES SEALED-SALT
///     code HASH                                     (so many)
///     end NUMBER-OF-AUTHENTICATORS
///
/// Identifiers, sealed secrets, salts and hashes are hexadecimal. A sealed secret is bound to the
/// uid and to everything else on its line, so that it cannot be moved or its line altered. The salt
/// of imported recovery codes is sealed too: 27 bits could be searched by whoever has the file.
package enum EnrollmentFile {
    static let name: Text = "enrollment"
    static let header: Text = "pam-totp enrollment 1"
    /// More bytes than the longest enrollment.
    static let sizeLimit = 64 * 1024

    /// - Throws: `SystemError` when there are no random bytes for a nonce.
    package static func encode(
        _ enrollment: Enrollment,
        under key: borrowing HostKey
    ) throws(SystemError) -> [UInt8] {
        var lines = [Array(header.utf8)]
        lines.append(("user \(enrollment.uid) \(enrollment.name)" as Text).utf8)
        for authenticator in enrollment.authenticators {
            let line = AuthenticatorLine(authenticator)
            let sealed = try Seal.seal(
                authenticator.secret,
                binding: line.associatedData(uid: enrollment.uid),
                under: key.key
            )
            lines.append(line.text(sealed: sealed))
        }
        lines += try recoveryLines(enrollment, under: key)
        lines.append(endLine(enrollment))
        return Array(lines.map { $0 + [UInt8(ascii: "\n")] }.joined())
    }

    /// - Parameters:
    ///   - bytes: the file.
    ///   - uid: whose folder the file is in; another uid inside is refused.
    ///   - path: what messages call it.
    ///   - key: what the secrets are sealed under.
    /// - Returns: the enrollment, its secrets open.
    /// - Throws: `StoreError.malformed`, `.cannotUnseal`.
    package static func decode(
        _ bytes: [UInt8],
        uid: UserID,
        path: Text,
        under key: borrowing HostKey
    ) throws(StoreError) -> Enrollment {
        var lines = TextLines(bytes, path: path)
        guard try lines.next().elementsEqual(header.utf8) else {
            throw lines.malformed("this is not an enrollment of a version known here")
        }
        var enrollment = try user(&lines, uid: uid)
        var line = try lines.next()
        while let fields = TextLines.fields(of: line, after: "authenticator", count: 8) {
            guard let parsed = AuthenticatorLine(fields), let sealed = Hexadecimal.decode(fields[6])
            else { throw lines.malformed("this is not an authenticator") }
            guard let secret = key.open(sealed, binding: parsed.associatedData(uid: uid)) else {
                throw .cannotUnseal(path: path, line: lines.number)
            }
            enrollment.authenticators.append(parsed.authenticator(secret: secret))
            line = try lines.next()
        }
        guard enrollment.authenticators.count <= Enrollment.maximumAuthenticators else {
            throw lines.malformed("there are too many authenticators")
        }
        if let fields = TextLines.fields(of: line, after: "recovery", count: 3) {
            enrollment.recovery = try recovery(fields, &lines)
            line = try lines.next()
        }
        if let fields = TextLines.fields(of: line, after: "imported", count: 4) {
            enrollment.importedRecovery = try importedRecovery(
                fields,
                &lines,
                uid: uid,
                path: path,
                under: key
            )
            line = try lines.next()
        }
        guard line.elementsEqual(endLine(enrollment)), lines.isAtEnd else {
            throw lines.malformed("this is not an item known here, or one is missing before it")
        }
        return enrollment
    }

    /// The last line, which counts the authenticators: one whose line is lost must be missed.
    private static func endLine(_ enrollment: Enrollment) -> [UInt8] {
        ("end \(enrollment.authenticators.count)" as Text).utf8
    }

    private static func user(_ lines: inout TextLines, uid: UserID) throws(StoreError) -> Enrollment
    {
        let line = try lines.next()
        guard let fields = TextLines.fields(of: line, after: "user", count: 2),
            let recorded = Decimal.parse(fields[0], as: UserID.self)
        else { throw lines.malformed("this is not a user") }
        guard recorded == uid else { throw lines.malformed("this is another user's enrollment") }
        let name = Text(fields[1])
        guard Enrollment.isValidUserName(name) else { throw lines.malformed("this is not a user") }
        return Enrollment(uid: uid, name: name)
    }
}
