internal import Verification

/// Codes that are refused for a time, in words.
extension Postponement {
    /// What an administrator can do.
    static let advice = "wait, or enroll another authenticator and remove this one"

    static func text(_ name: String, until time: String, because reason: Reason) -> String {
        "codes of '\(name)' are refused until \(time): \(reason.rawValue)"
    }

    enum Reason: String, Encodable {
        case clock = "the clock was ahead when one was used, or the state was repaired"
        case precaution =
            "'repair' and 'restore' count as used what may have been, or the clock was a little ahead"
    }

    var reason: Reason { clockWasAhead ? .clock : .precaution }
}
