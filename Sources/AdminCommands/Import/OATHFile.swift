internal import System
internal import Verification

/// The users.oath of pam_oath: a line a token,
/// `TYPE USER PASSWORD SECRET [COUNTER [LAST-CODE [TIME]]]`.
///
/// TYPE is `HOTP`, `HOTP/E[/DIGITS]` or `HOTP/Tnn[/DIGITS]`, SECRET is hexadecimal, PASSWORD is `-`
/// for none or `+` for one that is checked elsewhere, TIME is local.
enum OATHFile {
    static func items(in bytes: [UInt8], at now: Int64, under policy: Policy) -> [ImportItem] {
        textLines(bytes).map { line in
            let fields = line.text.split(whereSeparator: ASCII.isBlank).map { Text($0) }
            let user = fields.count > 1 ? fields[1].description : ""
            return ImportItem(user: user, place: "line \(line.number)", name: "token") {
                () throws(AdminError) in
                try OATHLine(fields).authenticator(at: now, under: policy)
            }
        }
    }
}
