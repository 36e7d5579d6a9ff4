internal import System

/// What somebody is to be given who has been enrolled; as JSON, what `enroll --json` prints.
struct Enrolled: Encodable {
    let user: String
    let name: String
    let uri: String
    let secret: String
    let recoveryCodes: [String]

    /// The same for people, as `enroll --batch` writes it to a file.
    var text: String {
        """
        Account: \(user)
        App:     \(name)
        Secret:  \(secret)
        URI:     \(uri)
        \(recoveryCodes.isEmpty ? "" : "\n" + RecoverySheet.text(recoveryCodes.map { Text($0.utf8) }) + "\n")
        """
    }
}
