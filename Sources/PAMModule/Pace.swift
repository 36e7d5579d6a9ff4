internal import System

/// Makes what takes one person longer than another take as long for both: whoever has given no
/// password would tell by the clock who they are.
enum Pace: Int64 {
    /// What is on this machine's disk: how many digits somebody's code has.
    case reading = 50
    /// What takes up to half of this on a small and busy machine: pam_unix computes a hash for some and
    /// none for others, and a directory far away may be asked about the groups of some.
    case computing = 500

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
