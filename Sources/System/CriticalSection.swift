internal import CSystem

/// A stretch in which the person at the terminal cannot stop or end the process.
///
/// su and sudo keep their caller's real uid, so the caller may signal them; a verdict stopped in
/// the middle would hold its lock against every other login. Inside, all signals are blocked and a
/// privileged caller's real uid is 0; both are put back after.
package enum CriticalSection {
    package static func run<Result: ~Copyable, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let before = Surroundings.enter()
        defer { before.restore() }
        return try body()
    }
}

/// What the process was like before.
private struct Surroundings {
    private var mask = sigset_t()
    /// The real uid to put back; nil when it was left alone.
    private var realUser: UserID?

    static func enter() -> Surroundings {
        var before = Surroundings()
        var all = sigset_t()
        // SAFETY: both sets are ours; neither call keeps the pointers.
        _ = unsafe sigfillset(&all)
        _ = unsafe pthread_sigmask(SIG_SETMASK, &all, &before.mask)
        let user = getuid()
        if geteuid() == 0, user != 0, totp_set_real_user(0) == 0 { before.realUser = user }
        return before
    }

    func restore() {
        if let realUser { _ = totp_set_real_user(realUser) }
        discardFileSizeSignal()
        var mask = mask
        // SAFETY: the set is ours.
        _ = unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
    }

    /// A write beyond RLIMIT_FSIZE, which su's caller may set, was already answered with EFBIG; the
    /// SIGXFSZ that came with it would end the host as soon as it is let through.
    private func discardFileSizeSignal() {
        var mask = mask
        var only = sigset_t()
        var atOnce = timespec()
        // SAFETY: the sets and the time are ours; none of the calls keeps a pointer.
        guard unsafe sigismember(&mask, SIGXFSZ) == 0 else { return }
        _ = unsafe sigemptyset(&only)
        _ = unsafe sigaddset(&only, SIGXFSZ)
        _ = unsafe sigtimedwait(&only, nil, &atOnce)
    }
}
