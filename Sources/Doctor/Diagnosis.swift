/// One thing that was looked at, and what was found.
package struct Diagnosis: Equatable, Sendable {
    package enum Level: String, Sendable {
        case ok
        /// It works, and somebody should know of it.
        case warning
        /// Somebody gets in without a code who should not, or nobody gets in, or codes are lost.
        case problem
        /// It could not be looked at.
        case unseen
    }

    package let level: Level
    /// What was looked at: a service, `store`, `clock`, ….
    package let subject: String
    package let text: String
    /// The lines that prove it, in the order in which they run, or the names of those concerned.
    package var evidence: [String] = []
    /// A command, or a line of a configuration.
    package var remedy: String?

    package init(
        _ level: Level,
        _ subject: String,
        _ text: String,
        evidence: [String] = [],
        remedy: String? = nil
    ) {
        self.level = level
        self.subject = subject
        self.text = text
        self.evidence = evidence
        self.remedy = remedy
    }
}
