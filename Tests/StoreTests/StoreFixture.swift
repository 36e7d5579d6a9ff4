import Foundation
import OTP
import System
import Testing
import Verification

@testable import Store

/// A store of a test's own, with its key and its configuration.
final class StoreFixture {
    let folder: TemporaryFolder
    let configuration: Configuration

    init() throws {
        folder = try TemporaryFolder()
        var configuration = Configuration()
        configuration.store = folder.path("store")
        configuration.keyFile = folder.path("totp.key")
        self.configuration = configuration
        _ = try Store.create(configuration, owner: Owner.ofTests, group: getgid())
    }

    func open() throws(StoreError) -> Store { try Store(configuration, owner: Owner.ofTests) }

    /// Writes somebody's record with this authenticator and, if asked for, recovery codes.
    func enroll(
        _ account: Account,
        _ authenticator: Authenticator,
        recovery: RecoverySet? = nil
    ) throws {
        let nobody = { (_: Text) throws(SystemError) -> Account? in nil }
        try open().change(
            recordOf: account,
            creating: true,
            lookUp: nobody
        ) { (record) throws(RecordConflict) in
            try record.add(authenticator, LoginState.Progress(id: authenticator.id))
            if let recovery { record.replaceRecovery(with: recovery) }
        }
    }

    /// A login with this reply.
    ///
    /// `names` is the directory of users.
    func login(
        _ reply: String,
        as account: Account = .alice,
        at time: Int64 = now,
        names: [Account] = []
    ) throws(StoreError) -> Verdict? {
        try open().verify(
            Reply(parsing: reply.utf8),
            of: account,
            under: Policy(),
            at: { time },
            lookUp: { (name) throws(SystemError) in names.first { $0.name == name } }
        )
    }

    /// Where a person's files are, inside the folder.
    func record(_ file: String = "", of account: Account = .alice) -> String {
        "store/users/\(account.uid)" + (file.isEmpty ? "" : "/\(file)")
    }

    func path(_ file: String = "", of account: Account = .alice) -> Text {
        folder.path(record(file, of: account))
    }
}

extension Account {
    static let alice = Account(uid: 4_000_001_000, name: "alice", group: 100)
    static let bob = Account(uid: 4_000_001_001, name: "bob", group: 100)
}

extension Verdict {
    var isAccepted: Bool {
        if case .accepted = self { true } else { false }
    }
}
