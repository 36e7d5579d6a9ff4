package import System

/// The answer to a reply.
///
/// A refusal is an outcome, not an error.
package enum Verdict: Equatable {
    case accepted(Acceptance)
    case refused(Refusal)
}

/// A reply that opens the door.
package struct Acceptance: Equatable {
    package enum Means: Equatable {
        case authenticator(name: Text)
        /// A recovery code, and how many unused ones are left.
        case recoveryCode(left: Int)
    }

    package let means: Means
    /// Wrong codes that the owner has not been told of yet.
    package let wrongBefore: UInt32

    package init(means: Means, wrongBefore: UInt32) {
        self.means = means
        self.wrongBefore = wrongBefore
    }
}

/// Why a reply was refused.
package enum Refusal: Equatable {
    /// It has the shape of a code of this person's, and is none that is good now.
    case wrong
    /// It was right, and has already opened a login; nil for a recovery code.
    case replayed(authenticator: Text?)
    /// It has not the shape of any code of this person's.
    case notACode
    /// There were too many wrong codes; it was not looked at, and will be in so many seconds.
    case waiting(seconds: Int64)
    /// The purse is empty; it was not looked at, and will not be until `totp-admin unlock`.
    case stopped

    /// In the words of the log and of `totp-admin verify`.
    package var reason: Text {
        switch self {
        case .wrong: "wrong code"
        case .replayed(.some): "code already used"
        case .replayed(nil): "recovery code already used"
        case .notACode: "not a code"
        case .waiting(let seconds): "too many wrong codes, \(seconds) seconds to wait"
        case .stopped: "stopped after too many wrong codes, see totp-admin unlock"
        }
    }
}

/// A verdict, with the state that must be on the disk before anybody hears of it.
package struct Judgement: Equatable {
    package let verdict: Verdict
    /// Nil where nothing was looked at, so that there is nothing to record.
    package let state: LoginState?

    static func notLookedAt(_ refusal: Refusal) -> Judgement {
        Judgement(verdict: .refused(refusal), state: nil)
    }
}
