import Foundation
import OTP
import Store
import System
import Verification

@testable import Backup

/// A folder of a test's own, gone with it.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> Text { Text(url.appendingPathComponent(name).path.utf8) }

    var names: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    }

    func contents(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: url.appendingPathComponent(name)))
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: url.appendingPathComponent(name))
    }
}

let now: Int64 = 1_700_000_000
let secretOfAlice = Array("the secret of alice.".utf8)

/// What a secret is made of again and again: it has one owner.
func key(_ number: UInt8 = 1) -> BackupSecret {
    BackupSecret(key: SecretBytes([UInt8](repeating: number, count: BackupSecret.keyLength)))
}

func passphrase(_ text: String = "correct horse battery") -> BackupSecret {
    BackupSecret(passphrase: SecretBytes(Array(text.utf8)))
}

func record(_ name: Text = "alice", uid: UserID = 1000) throws -> SavedRecord {
    let id = Identifier(value: UInt64(uid))
    let authenticator = Verification.Authenticator(
        id: id,
        name: "phone",
        parameters: try .totp(),
        enrolledAt: 1_600_000_000,
        secret: SecretBytes(secretOfAlice)
    )
    let set = RecoverySet(
        id: Identifier(value: 7),
        salt: Array(0..<16),
        iterations: 1000,
        hashes: (0..<10).map { slot in (0..<32).map { UInt8(slot) &* 16 &+ $0 } }
    )
    var state = LoginState(
        authenticators: [.init(id: id, next: 56_666_667, drift: -2, lastUsedAt: now - 5)],
        recovery: .init(id: set.id, used: 5)
    )
    state.lastSuccessAt = now - 5
    state.wrongSinceSuccess = 3
    state.throttle.charged = 4
    return SavedRecord(
        enrollment: Enrollment(
            uid: uid,
            name: name,
            authenticators: [authenticator],
            recovery: set
        ),
        state: state
    )
}

/// What a record says, secrets included, in a form that can be compared.
struct Contents: Equatable {
    let uid: UserID
    let name: Text
    let secrets: [[UInt8]]
    let names: [Text]
    let recovery: RecoverySet?
    let state: LoginState

    init(_ record: SavedRecord) {
        uid = record.enrollment.uid
        name = record.enrollment.name
        secrets = record.enrollment.authenticators.map { $0.secret.withUnsafeBytes { Array($0) } }
        names = record.enrollment.authenticators.map(\.name)
        recovery = record.enrollment.recovery
        state = record.state
    }
}

extension TemporaryFolder {
    /// Writes a backup of these records, with as few iterations as there may be.
    func backUp(
        _ records: [SavedRecord],
        to name: String = "backup",
        under secret: borrowing BackupSecret
    ) throws {
        try BackupWriter.write(path(name), under: secret, at: now, iterations: 2) {
            (writer) throws(BackupError) in
            for record in records { try writer.add(record) }
        }
    }

    /// Reads a backup to its end.
    func read(
        _ name: String = "backup",
        under secret: borrowing BackupSecret
    ) throws(BackupError) -> [Contents] {
        var reader = try BackupReader(BackupFile(path(name)), under: secret)
        var records: [Contents] = []
        while let record = try reader.next() { records.append(Contents(record)) }
        return records
    }
}
