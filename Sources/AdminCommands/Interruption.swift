internal import Glibc
internal import System

/// What becomes of a file when a signal ends the process: it is removed first.
enum Interruption {
    /// Those that a terminal, its end, a reader that went away, or an administrator sends.
    private static let signals = [SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM]

    // Changed only while signals are blocked, in a program with one thread.
    private nonisolated(unsafe) static var folder: CInt = -1
    private nonisolated(unsafe) static var name: UnsafeMutablePointer<CChar>?

    /// Has `name` removed from `folder`, which stays open; to be called with signals blocked.
    static func removes(_ name: Text, in folder: borrowing FileDescriptor) {
        unsafe self.folder = folder.raw
        unsafe self.name = unsafe strdup(name.terminated)
        for signal in signals {
            var before = sigaction()
            // SAFETY: both are ours. The handler calls what signal-safety(7) allows, and reads
            // what does not change while it may run.
            guard unsafe sigaction(signal, nil, &before) == 0,
                unsafe before.__sigaction_handler.sa_handler == nil
            else { continue }  // ignored, under nohup
            var action = sigaction()
            action.sa_flags = CInt(bitPattern: SA_RESETHAND)
            unsafe action.__sigaction_handler.sa_handler = { signal in
                if let name = unsafe Interruption.name {
                    unsafe unlinkat(Interruption.folder, name, 0)
                }
                raise(signal)
            }
            unsafe sigaction(signal, &action, nil)
        }
    }

    static func removesNothing() {
        CriticalSection.run {
            unsafe free(name)
            unsafe name = nil
        }
    }
}
