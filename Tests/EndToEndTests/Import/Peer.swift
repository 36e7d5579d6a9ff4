import Foundation
import OTP
import Store
import System
import Verification

/// Somebody who logged in with another program so far.
struct Peer {
    let account: Account
    let secret: [UInt8]
    let site: Site
    /// The other program's file.
    let file: String

    var name: String { account.name.description }

    /// Somebody new, and a stack `peer` that asks the other program's module alone.
    init(at site: Site, _ stack: (String) -> String) throws {
        let account = try Accounts.make()
        self.account = account
        self.site = site
        file = "\(site.folder)/\(account.name)"
        secret = Array("secret of \(account.uid), 20 b".utf8.prefix(20))
        try site.stack("peer", stack(file))
    }

    func write(_ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        _ = try Command.output(of: "chmod", "600", file)
    }

    /// A login with our module, or the other program's.
    func login(_ reply: String, service: String = "code") throws -> Answer {
        try site.login([(account.name, reply)], service: service)[0]
    }

    func record() throws -> Record? { try Store(site.configuration).record(of: account.uid) }

    /// The code for a step or a counter.
    static func code(_ secret: [UInt8], at place: Int64, digits: Int = 6) -> String {
        let code = HOTP.code(
            secret: SecretBytes(secret),
            counter: UInt64(place),
            algorithm: .sha1,
            digits: digits
        )
        return HOTP.text(code, digits: digits).description
    }

    func code(at place: Int64) -> String { Self.code(secret, at: place) }

    /// The present step, with a while of it left.
    static func step() throws -> Int64 {
        try Step.wait(forSecondsLeft: 8)
        return Int64(Date().timeIntervalSince1970) / Int64(Step.seconds)
    }
}

extension Site {
    /// totp-admin at this site.
    func admin(_ arguments: String..., input: String = "") throws -> Command {
        try Command.run(
            ["totp-admin"] + arguments + ["--conf", "\(folder)/totp.conf"],
            input: Data(input.utf8)
        )
    }

    /// Whether anybody is enrolled.
    func isEmpty() throws -> Bool { try Store(configuration).uids().isEmpty }
}
