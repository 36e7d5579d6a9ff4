internal import System

/// Records that nobody logs in with: the name in them is no account's any more, or another uid's.
struct StrayRecords {
    /// Their names and uids.
    private(set) var found: [String] = []
    /// How many could not be told, since a directory did not answer.
    private(set) var unknown = 0

    /// - Parameters:
    ///   - entries: who is enrolled.
    ///   - listed: accounts that the directory has listed; it need not list all.
    init(among entries: [Listing.Entry], beside listed: [Account]) {
        let uids = Dictionary(listed.map { ($0.name.utf8, $0.uid) }) { first, _ in first }
        let unlisted = entries.filter { uids[$0.name.utf8] != $0.status.uid }
        let answers = Parallel.map(unlisted) { entry in
            do throws(SystemError) {
                return Answer.account(try Account.find(named: entry.name))
            } catch {
                return .none
            }
        }
        for (entry, answer) in zip(unlisted, answers) {
            switch answer {
            case .account(let account) where account?.uid == entry.status.uid: break
            case .account: found.append("\(entry.name.escaped()) (uid \(entry.status.uid))")
            case .none: unknown += 1
            }
        }
    }

    private enum Answer {
        case account(Account?)
        case none
    }
}
