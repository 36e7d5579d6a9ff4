internal import CSystem

/// The clocks of this machine.
///
/// Only entry points read them; everything else is given a time.
package enum Clock {
    /// Seconds since 1970-01-01T00:00:00Z, from CLOCK_REALTIME.
    package static func now() -> Int64 { Int64(read(CLOCK_REALTIME).tv_sec) }

    /// Milliseconds from an arbitrary start that never go back, from CLOCK_MONOTONIC.
    package static func monotonicMilliseconds() -> Int64 {
        let time = read(CLOCK_MONOTONIC)
        return Int64(time.tv_sec) &* 1000 &+ Int64(time.tv_nsec) / 1_000_000
    }

    /// Whether something such as NTP keeps CLOCK_REALTIME right, as far as the kernel knows; nil
    /// where it may not be asked.
    package static func isSynchronised() -> Bool? {
        let answer = totp_clock_is_synchronised()
        return answer < 0 ? nil : answer != 0
    }

    package static func sleep(milliseconds: Int64) {
        var time = timespec(
            tv_sec: Int(milliseconds / 1000),
            tv_nsec: Int(milliseconds % 1000) * 1_000_000
        )
        // SAFETY: nanosleep reads one timespec. Waking early, for a signal, does no harm here.
        _ = unsafe nanosleep(&time, nil)
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        // SAFETY: clock_gettime writes one timespec; it cannot fail for these clocks.
        _ = unsafe clock_gettime(clock, &time)
        return time
    }
}
