internal import CHost
internal import Glibc
internal import System

/// A terminal that does not show what is typed.
///
/// The signals that would leave it so wait meanwhile, to be sent again when it is as it was.
struct HiddenInput {
    /// Those that a terminal, its end or an administrator sends, and what wakes a stopped process,
    /// whose shell may have made the terminal show what is typed.
    private static let signals = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT]

    private let terminal: Int32
    private let arrivals: Int32
    private let settings: termios
    private let mask: sigset_t

    /// Throws away what was typed before.
    init(at terminal: Int32) throws(SystemError) {
        var settings = termios()
        var waiting = sigset_t()
        var mask = sigset_t()
        // SAFETY: all are ours, and none of the calls keeps a pointer.
        guard unsafe tcgetattr(terminal, &settings) == 0 else {
            throw SystemError(call: "tcgetattr", code: errno)
        }
        unsafe sigemptyset(&waiting)
        for signal in Self.signals { unsafe sigaddset(&waiting, signal) }
        arrivals = unsafe signalfd(-1, &waiting, Int32(SFD_CLOEXEC))
        guard arrivals >= 0 else { throw SystemError(call: "signalfd", code: errno) }
        unsafe pthread_sigmask(SIG_BLOCK, &waiting, &mask)
        self.terminal = terminal
        self.settings = settings
        self.mask = mask
        settings.c_lflag &= ~tcflag_t(ECHO)
        settings.c_lflag |= tcflag_t(ISIG | ICANON)
        guard unsafe tcsetattr(terminal, TCSAFLUSH, &settings) == 0 else {
            let error = SystemError(call: "tcsetattr", code: errno)
            end()
            throw error
        }
    }

    /// Waits for a line, or for a signal, which it returns.
    func waitForLine() throws(SystemError) -> Int32? {
        var polled = [
            pollfd(fd: terminal, events: Int16(POLLIN), revents: 0),
            pollfd(fd: arrivals, events: Int16(POLLIN), revents: 0),
        ]
        // SAFETY: poll looks at as many as there are.
        while unsafe poll(&polled, nfds_t(polled.count), -1) < 0 {
            guard errno == EINTR else { throw SystemError(call: "poll", code: errno) }
        }
        guard polled[1].revents != 0 else { return nil }
        var arrival = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        // SAFETY: it reads one signalfd_siginfo at most.
        guard unsafe Glibc.read(arrivals, &arrival, size) == size else {
            throw SystemError(call: "read", code: errno)
        }
        return Int32(arrival.ssi_signo)
    }

    /// Makes the terminal as it was, and lets signals through.
    func end() {
        var (settings, mask) = (settings, mask)
        // SAFETY: both are ours, and neither call keeps a pointer.
        unsafe tcsetattr(terminal, TCSADRAIN, &settings)
        close(arrivals)
        unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
    }
}
