internal import CSystem

/// The part of the stack that calls have come back from.
package enum Stack {
    /// Overwrites what earlier calls of the caller left on it: libraries keep key material in their
    /// frames and do not wipe it.
    package static func wipe() { totp_wipe_stack() }
}
