internal import ArgumentParser
internal import Store
internal import System
internal import Verification

/// What a shell offers for a word that is being typed.
///
/// Where there is nothing to offer, or it cannot be read by whoever is typing, there is no message:
/// nobody would see where it belongs.
extension CompletionKind {
    /// The login names of the system.
    static var user: CompletionKind { .shellCommand("getent passwd | cut -d : -f 1") }

    /// The names of the authenticators of the user who has been typed before.
    static var authenticator: CompletionKind {
        .custom { words, index, _ in
            let before = words.prefix(max(0, index)).dropFirst(2).filter { !$0.hasPrefix("-") }
            for word in before {
                if let names = try? authenticators(of: word) { return names }
            }
            return []
        }
    }

    /// Throws for a word that is not the name of somebody enrolled.
    private static func authenticators(of user: String) throws -> [String] {
        let store = try Store(Configuration.read())
        guard let account = try Account.find(named: Text(user.utf8)),
            let record = try store.record(of: account.uid)
        else { throw AdminError.noSuchUser(user) }
        return record.enrollment.authenticators.map(\.name.description)
    }
}
