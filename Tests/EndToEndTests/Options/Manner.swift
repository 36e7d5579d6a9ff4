/// How an application answers the module's questions.
struct Manner: CustomStringConvertible {
    /// What a manner makes of the reply that the situation has.
    enum Effect {
        case delivered
        /// Something arrives that is nobody's code.
        case noCode
        /// The conversation fails, with what pam_authenticate returns then.
        case fails(Int)
        /// It fails the first time, and the application tries again.
        case deferred
    }

    let description: String
    /// pam-login's.
    let options: [String]
    /// The reply, if it is not the situation's own.
    let reply: String?
    let effect: Effect

    private init(
        _ description: String,
        _ effect: Effect,
        options: [String] = [],
        reply: String? = nil
    ) {
        self.description = description
        self.effect = effect
        self.options = options
        self.reply = reply
    }

    /// With more of pam-login's options.
    func with(_ more: [String]) -> Manner {
        Manner(description, effect, options: options + more, reply: reply)
    }

    /// Whether there is nothing that could be a password.
    var isNothing: Bool { ["null", "none", "-l"].contains(where: options.contains) }

    static let plain = Manner("a reply", .delivered)

    static let all = [
        plain,
        Manner("a reply too many", .delivered, options: ["-c", "extra"]),
        Manner("a reply without text", .noCode, options: ["-c", "null"]),
        Manner("no replies", .noCode, options: ["-c", "none"]),
        Manner("an empty reply", .noCode, reply: ""),
        Manner("ten megabytes", .noCode, options: ["-l", "10485760"], reply: "x"),
        Manner("control bytes", .noCode, reply: "12\u{1b}[A34\u{7}56\u{1}"),
        Manner("a newline in it", .noCode, reply: "123\n456"),
        Manner("an error", .fails(19), options: ["-c", "error"]),
        Manner("not yet", .deferred, options: ["-c", "again"]),
        Manner("never yet", .fails(31), options: ["-c", "never"]),
    ]
}
