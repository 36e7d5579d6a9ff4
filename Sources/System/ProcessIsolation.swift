internal import CSystem

/// Cutting a setgid process off from whoever started it.
package enum ProcessIsolation {
    /// Drops the environment, every descriptor but the standard three, signal handlers and masks,
    /// core dumps and the working directory, and ends the process after `lifetime` seconds.
    package static func enter(lifetime: UInt32) { totp_isolate(lifetime) }

    /// Whether the effective uid is 0.
    package static var isRoot: Bool { geteuid() == 0 }

    /// The real uid: who started the process.
    package static func caller() -> UserID { getuid() }
}
