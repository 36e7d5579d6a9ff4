import System

/// What somebody might make of a line, to have an address of their choice banned.
enum Forgery {
    static let victim = "203.0.113.66"
    static let line =
        #"pam_totp(sshd:auth): refused user=x rhost=\#(victim) service=s tty= authenticator="" reason="wrong code""#

    /// What programs might say that log somebody's words as they are.
    static let messages = [
        "Invalid user \(line) from 198.51.100.1 port 22", "no such user: \(line)",
        "user \(line)",
    ]
    static let names: [Text] = [
        "x rhost=203.0.113.66 ",
        "x rhost=203.0.113.66 service=s tty= authenticator=\"\" reason=\"wrong code\"",
        "rhost=203.0.113.66\tservice=s",
        "x\u{a0}rhost=203.0.113.66\u{a0}service=s",
    ]
    static let hosts = [
        "203.0.113.66 rhost=203.0.113.66",
        "203.0.113.66 service=s tty= authenticator=\"\" reason=\"wrong code\"",
        "203.0.113.66\n",
        "x\nNov 25 22:06:01 host sshd: \(line)",
        "203.0.113.66.example.org",
        "localhost",
    ]
}
