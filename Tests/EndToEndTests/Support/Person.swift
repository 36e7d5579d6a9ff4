import Foundation
import System

/// Somebody with an account on this machine, made for one test.
struct Person {
    private(set) var name: String
    let password: String

    /// Makes the account.
    ///
    /// Every test has its own: one person's codes are used up by one test.
    init(named name: String) throws {
        try Sandbox.enter()
        self.name = name
        password = "correct horse \(UInt32.random(in: 1_000_000...9_999_999))"
        // useradd and chpasswd fail while another one works.
        try Accounts.lock.withLock {
            _ = try Command.output(of: "useradd", "--create-home", "--shell", "/bin/sh", name)
            _ = try Command.output(of: "chpasswd", input: "\(name):\(password)\n")
        }
    }

    /// Somebody enrolled without a terminal, for what logs in by name and password.
    init(_ enrollee: Enrollee) {
        name = enrollee.account.name.description
        password = Accounts.password
    }

    /// Enrolls the person with `totp-admin enroll` at a terminal, reading the QR code off it and
    /// typing the code of the step before this one, so that this one's and the next one's are left.
    func enroll(_ options: String...) throws -> Authenticator {
        let terminal = try enrollment(options)
        let authenticator = try Authenticator(shownOn: terminal)
        try Step.wait(forSecondsLeft: 5)
        try terminal.type(authenticator.code(stepsFromNow: -1))
        guard try terminal.waitForExit() == 0 else {
            throw Failure("not enrolled: \(terminal.text)")
        }
        return authenticator.with(recoveryCodesIn: terminal.text)
    }

    /// `totp-admin enroll` waiting for a code.
    func enrollment(_ options: [String] = []) throws -> PseudoTerminal {
        let terminal = try PseudoTerminal(arguments: ["totp-admin", "enroll", name] + options)
        try terminal.waitFor("The code that the app shows: ")
        return terminal
    }

    /// Somebody with another name, which may be nobody's.
    func renamed(to name: String) -> Person {
        var copy = self
        copy.name = name
        return copy
    }

    /// What `totp-admin status --json` says under `key`.
    func status<Value>(_ key: String, _ options: String...) throws -> Value {
        let command = try Command.run(["totp-admin", "status", name, "--json"] + options)
        let object = try JSONSerialization.jsonObject(with: command.output) as? [String: Any]
        guard let value = object?[key] as? Value else {
            throw Failure("no '\(key)' in: \(command.text)\(command.error)")
        }
        return value
    }
}
