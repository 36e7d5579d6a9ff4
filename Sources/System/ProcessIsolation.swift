internal import CSystem

/// Cutting a process off from what does not concern it, and from whoever started it.
package enum ProcessIsolation {
    /// Drops the environment, every descriptor but the standard three, signal handlers and masks,
    /// core dumps and the working directory, and ends the process after `lifetime` seconds.
    package static func enter(lifetime: UInt32) { totp_isolate(lifetime) }

    /// Has the process leave no core dump with the secrets that it knows, whatever ends it.
    package static func leaveNoCore() { totp_leave_no_core() }

    /// Whether the effective uid is 0.
    package static var isRoot: Bool { geteuid() == 0 }

    /// The real uid: who started the process.
    package static func caller() -> UserID { getuid() }
}
