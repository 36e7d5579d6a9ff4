internal import System

/// Makes what takes one person longer than another take as long for both: whoever has given no
/// password would tell by the clock who they are.
enum Pace: Int64 {
    /// Before somebody is asked for password and code: how many digits the code has is looked up.
    case asking = 50
    /// Before a wrong password is refused: pam_unix computes a hash for some and none for others,
    /// which takes up to half of this on a small and busy machine.
    case refusing = 500

    /// Waits until a multiple of the pace, which is in milliseconds, is over since `start`
    /// (`Clock.monotonicMilliseconds`).
    func keep(since start: Int64) {
        let past = Clock.monotonicMilliseconds() &- start
        let end = start &+ past &+ (rawValue - max(0, past) % rawValue)
        // A signal that the host handles ends a sleep early.
        while true {
            let left = end &- Clock.monotonicMilliseconds()
            if left <= 0 { return }
            Clock.sleep(milliseconds: left)
        }
    }
}
