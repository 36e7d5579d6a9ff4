internal import CPAM
internal import System
internal import Verification

/// One PAM transaction, as libpam's handle gives access to it.
@safe struct PAMHandle {
    private let pamh: OpaquePointer

    init(_ pamh: OpaquePointer) { unsafe self.pamh = pamh }

    enum Item {
        case user
        case remoteHost
        case terminal

        fileprivate var number: CInt {
            switch self {
            case .user: PAM_USER
            case .remoteHost: PAM_RHOST
            case .terminal: PAM_TTY
            }
        }
    }

    /// A text item; empty when it is not set.
    func item(_ item: Item) -> Text {
        // SAFETY: libpam keeps the item until pam_end; it is copied here.
        guard let text = unsafe totp_pam_text_item(pamh, item.number) else { return "" }
        return unsafe Text(cString: text)
    }

    /// The name of who is logging in, which libpam asks for if need be (pam_get_user(3)).
    func user() -> Result<Text, PAMFailure> {
        var name: UnsafePointer<CChar>?
        // SAFETY: on success the name is libpam's until pam_end; it is copied here.
        let code = unsafe pam_get_user(pamh, &name, nil)
        guard code == PAM_SUCCESS, let name = unsafe name else {
            return .failure(PAMFailure(code: code))
        }
        return unsafe .success(Text(cString: name))
    }

    /// Asks without echo, and reads the answer for its shape; the answer itself is wiped.
    func ask(_ prompt: Text) throws(PAMFailure) -> Reply {
        var answer: UnsafeMutablePointer<CChar>?
        // SAFETY: pam_prompt sets `answer` to memory that is ours, or to NULL.
        let code = unsafe totp_pam_prompt(pamh, PAM_PROMPT_ECHO_OFF, &answer, prompt.terminated)
        defer { unsafe totp_pam_discard(answer) }
        guard code == PAM_SUCCESS else { throw PAMFailure(code: code) }
        guard let text = unsafe answer else { return .unrecognised }
        return unsafe Reply(
            parsing: UnsafeRawBufferPointer(start: text, count: totp_pam_length(text))
        )
    }

    /// Tells the person something.
    ///
    /// That they cannot be told changes nothing.
    func tell(_ text: Text) {
        var answer: UnsafeMutablePointer<CChar>?
        // SAFETY: as in `ask`.
        _ = unsafe totp_pam_prompt(pamh, PAM_TEXT_INFO, &answer, text.terminated)
        unsafe totp_pam_discard(answer)
    }

    /// How important a log line is (syslog(3)).
    enum Priority {
        case notice
        case warning
        case error

        fileprivate var number: CInt {
            switch self {
            case .notice: LOG_NOTICE
            case .warning: LOG_WARNING
            case .error: LOG_ERR
            }
        }
    }

    func log(_ priority: Priority, _ line: Text) {
        // SAFETY: the line is copied by pam_syslog; it is not a format.
        unsafe totp_pam_log(pamh, priority.number, line.terminated)
    }

    /// Asks libpam to delay a refusal by about two seconds (pam_fail_delay(3)), as pam_unix does.
    func delayFailure() {
        // SAFETY: sets a number in the handle.
        _ = unsafe pam_fail_delay(pamh, 2_000_000)
    }
}

/// A call to libpam that failed, with its return code.
struct PAMFailure: Error {
    let code: CInt
}
