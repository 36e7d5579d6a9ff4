import Foundation

/// The signals that this thread does not let through.
func blockedSignals() -> Set<CInt> {
    var mask = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &mask)
    return Set((1...64).filter { sigismember(&mask, $0) == 1 })
}

/// Blocks only these on this thread.
func setBlockedSignals(_ signals: Set<CInt>) {
    var mask = sigset_t()
    sigemptyset(&mask)
    for signal in signals { sigaddset(&mask, signal) }
    pthread_sigmask(SIG_SETMASK, &mask, nil)
}
