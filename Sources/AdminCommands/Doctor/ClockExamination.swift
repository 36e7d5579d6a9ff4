internal import CHost
internal import Doctor
internal import System

/// The clock, which codes are made of.
enum ClockExamination {
    /// In microseconds: a code is good for 30 seconds, and one before and behind it too.
    private static let worrying: Int64 = 10_000_000

    static var diagnoses: [Diagnosis] {
        var clock = totp_clock()
        // SAFETY: it fills in one of these.
        let code = unsafe totp_read_clock(&clock)
        if code != 0 {
            let error = SystemError(call: "adjtimex", code: code)
            return [Diagnosis(.unseen, "clock", error.description.description)]
        }
        let offset = "\(clock.offset / 1000) ms off, \(clock.error / 1000) ms at most"
        if clock.is_synchronised == 0 {
            return [
                Diagnosis(
                    .warning,
                    "clock",
                    "nobody keeps it right; codes fail where it is half a minute off",
                    remedy: "timedatectl set-ntp true, or chrony"
                )
            ]
        }
        let isFar = max(abs(clock.offset), clock.error) > worrying
        return [Diagnosis(isFar ? .warning : .ok, "clock", "synchronised, \(offset)")]
    }
}
