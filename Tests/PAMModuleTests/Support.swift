import Store
import System
import Verification

@testable import PAMModule

/// Text from a String that is not a literal.
func text(_ string: String) -> Text { Text(string.utf8) }

/// The line that an outcome leaves in the log.
func logLine(
    _ outcome: Outcome,
    user: Text = "alice",
    remoteHost: Text = "192.0.2.7",
    service: Text = "sshd",
    terminal: Text = "ssh",
    isClockOff: Bool = false
) -> String {
    LogLine(
        outcome: outcome,
        user: user,
        remoteHost: remoteHost,
        service: service,
        terminal: terminal,
        isClockOff: isClockOff
    ).text.description
}
