import Foundation
import OTP
import System
import Verification

/// Somebody enrolled at a `Site`, with everything that they know.
struct Enrollee {
    let account: Account
    let authenticator: Verification.Authenticator
    let recoveryCodes: [String]

    private var period: Int64 {
        switch authenticator.parameters.movingFactor {
        case .timeStep(let period): period
        case .counter: 1
        }
    }

    /// The code for a counter or a time step.
    func code(at place: Int64) -> String {
        let parameters = authenticator.parameters
        let code = HOTP.code(
            secret: authenticator.secret,
            counter: UInt64(place),
            algorithm: parameters.algorithm,
            digits: parameters.digits
        )
        return HOTP.text(code, digits: parameters.digits).description
    }

    /// The code of the time step that is so many from the present one, which is not about to end.
    ///
    /// A login that finds that step gone learns a drift, and refuses what is next by this clock.
    func code(_ steps: Int64 = 0) -> String {
        let left = Double((step + 1) * period) - Date().timeIntervalSince1970
        if left < 0.25 { Thread.sleep(forTimeInterval: max(0, left)) }
        return code(at: step + steps)
    }

    /// What another authenticator of this person's shows now.
    func code(of other: Verification.Authenticator) -> String {
        Enrollee(account: account, authenticator: other, recoveryCodes: []).code()
    }

    /// The present time step.
    var step: Int64 { Int64(Date().timeIntervalSince1970) / period }

    /// A code that none of the five last and the five next steps have.
    var wrongCode: String {
        let near = (-5...5).map { code($0) }
        let candidates = (0...20).map { String(format: "%06d", 1000 + $0) }
        return candidates.first { !near.contains($0) } ?? ""
    }
}

/// Accounts for tests, added to the sandbox's own /etc/passwd and /etc/shadow.
enum Accounts {
    /// Held by whoever adds an account: the tools that do it write the files anew, and lose what is
    /// appended meanwhile.
    static let lock = NSLock()
    nonisolated(unsafe) private static var made: UserID = 0

    /// Everybody's, but a `Person`'s with a name of their own.
    static let password = "everybody's battery staple"

    /// As few rounds as there may be: what it costs to try a password is not what is tested.
    private static let hash = Result {
        let script = "print crypt($ARGV[0], q($5$rounds=1000$pamtotp))"
        return try Command.output(of: "perl", "-e", script, password)
    }

    /// An account that nobody else has, and that is in no directory yet.
    static func reserve(prefix: Text = "person") -> Account {
        lock.withLock {
            made += 1
            // Beyond those that useradd gives out, which goes on from the highest that it finds.
            return Account(uid: 100_000 + made, name: "\(prefix)\(made)", group: 100)
        }
    }

    /// Somebody new, whose name may be one that no decent program would give them.
    static func make(named name: Text? = nil) throws -> Account {
        let reserved = reserve()
        let account = Account(uid: reserved.uid, name: name ?? reserved.name, group: 100)
        try add(account)
        return account
    }

    static func add(_ account: Account) throws {
        try lock.withLock {
            try append("\(account.name):\(hash.get()):19000:0:99999:7:::", to: "/etc/shadow")
            try append(
                "\(account.name):x:\(account.uid):100::/nonexistent:/bin/sh",
                to: "/etc/passwd"
            )
        }
    }

    private static func append(_ line: String, to path: String) throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        defer { try? file.close() }
        try file.seekToEnd()
        try file.write(contentsOf: Data("\(line)\n".utf8))
    }
}
