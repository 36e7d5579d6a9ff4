internal import CPAM
internal import System
internal import Verification

/// One PAM transaction, as libpam's handle gives access to it.
@safe struct PAMHandle {
    private let pamh: OpaquePointer
    /// Whether the host lets its thread be cancelled, as it may be while its conversation runs.
    private let cancelState: CInt

    init(_ pamh: OpaquePointer, cancelState: CInt) {
        unsafe self.pamh = pamh
        self.cancelState = cancelState
    }

    enum Item {
        case user
        case service
        case remoteHost
        case terminal

        fileprivate var number: CInt {
            switch self {
            case .user: PAM_USER
            case .service: PAM_SERVICE
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
    func user() throws(PAMFailure) -> Text {
        var name: UnsafePointer<CChar>?
        // SAFETY: on success the name is libpam's until pam_end; it is copied here.
        let code = unsafe totp_pam_user(pamh, cancelState, &name)
        guard code == PAM_SUCCESS, let name = unsafe name else { throw PAMFailure(code: code) }
        return unsafe Text(cString: name)
    }

    /// Asks, and lends the answer, which is wiped after; nil for none (pam_prompt(3)).
    func ask<Result: ~Copyable>(
        _ prompt: Text,
        echo: Bool = false,
        _ body: (UnsafeRawBufferPointer?) -> Result
    ) throws(PAMFailure) -> Result {
        var answer: UnsafeMutablePointer<CChar>?
        // SAFETY: pam_prompt sets `answer` to memory that is ours, or to NULL.
        let style = echo ? PAM_PROMPT_ECHO_ON : PAM_PROMPT_ECHO_OFF
        let code = unsafe totp_pam_prompt(
            pamh,
            cancelState,
            style,
            &answer,
            prompt.terminated
        )
        defer { unsafe totp_pam_discard(answer) }
        guard code == PAM_SUCCESS else { throw PAMFailure(code: code) }
        return unsafe body(Self.bytes(answer))
    }

    /// Lends the password that an earlier module asked for (PAM_AUTHTOK); nil if none did.
    func withPassword<Result: ~Copyable>(_ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
        // SAFETY: libpam keeps the item until it is set again, which `body` may do last of all.
        unsafe body(Self.bytes(totp_pam_text_item(pamh, PAM_AUTHTOK)))
    }

    /// Asks for the password, unless an earlier line has, and leaves it to the modules that come.
    ///
    /// As pam_get_authtok(3), which has no answer for an application that cannot wait.
    func askPassword(_ prompt: Text) throws(PAMFailure) {
        if unsafe withPassword({ unsafe $0 != nil }) { return }
        let code = try unsafe ask(prompt) { answer in
            guard let answer = unsafe answer, let start = answer.baseAddress else {
                return PAM_CONV_ERR
            }
            // SAFETY: it copies so many bytes.
            return unsafe totp_pam_set_password(
                pamh,
                start.assumingMemoryBound(to: CChar.self),
                answer.count
            )
        }
        guard code == PAM_SUCCESS else { throw PAMFailure(code: code) }
    }

    /// When the password came (`Clock.monotonicMilliseconds`); nil if no line has noted it.
    var start: Int64? {
        var start: Int64 = 0
        // SAFETY: it sets the number or leaves it.
        return unsafe totp_pam_noted(pamh, &start) ? start : nil
    }

    func noteStart(_ start: Int64) throws(PAMFailure) {
        // SAFETY: it copies the number.
        let code = unsafe totp_pam_note(pamh, start)
        guard code == PAM_SUCCESS else { throw PAMFailure(code: code) }
    }

    /// Lends the code that `split` put aside for `user`, and forgets it; nil if there is none.
    func takeCode<Result: ~Copyable>(
        of user: Text,
        _ body: (UnsafeRawBufferPointer?) -> Result
    ) -> Result {
        let name = Self.keptCode(of: user)
        defer { unsafe totp_pam_forget_code(pamh, name) }
        // SAFETY: it is kept until it is forgotten.
        return unsafe body(Self.bytes(totp_pam_kept_code(pamh, name)))
    }

    /// The name of what is kept: where a login has ended before the code was verified, the next one
    /// with the same handle may be somebody else's.
    private static func keptCode(of user: Text) -> [CChar] {
        ("pam_totp code of \(user)" as Text).terminated
    }

    /// Hands the first `length` bytes of the user's answer on as the password, and puts the rest
    /// aside for a later line of the stack.
    ///
    /// `answer` is C's text: a NUL follows its last byte.
    func split(
        _ answer: UnsafeRawBufferPointer,
        of user: Text,
        passwordLength length: Int
    ) throws(PAMFailure) {
        guard length <= answer.count, let start = answer.baseAddress else {
            throw PAMFailure(code: PAM_SYSTEM_ERR)
        }
        let text = unsafe start.assumingMemoryBound(to: CChar.self)
        // SAFETY: both copy what they are given, which ends with a NUL behind the answer. The rest
        // is copied first: the answer may be the item that is replaced.
        var code = unsafe totp_pam_keep_code(pamh, Self.keptCode(of: user), text + length)
        if code == PAM_SUCCESS { code = unsafe totp_pam_set_password(pamh, text, length) }
        guard code == PAM_SUCCESS else { throw PAMFailure(code: code) }
    }

    /// The bytes of C's text before its NUL.
    private static func bytes(_ text: UnsafePointer<CChar>?) -> UnsafeRawBufferPointer? {
        guard let text = unsafe text else { return nil }
        // SAFETY: what libpam and conversations hand out ends with a NUL.
        return unsafe UnsafeRawBufferPointer(start: text, count: totp_pam_length(text))
    }

    /// Tells the person something.
    ///
    /// That they cannot be told changes nothing.
    func tell(_ text: Text) {
        var answer: UnsafeMutablePointer<CChar>?
        // SAFETY: as in `ask`.
        _ = unsafe totp_pam_prompt(
            pamh,
            cancelState,
            PAM_TEXT_INFO,
            &answer,
            text.terminated
        )
        unsafe totp_pam_discard(answer)
    }

    /// How important a log line is (syslog(3)).
    enum Priority {
        case debug
        case notice
        case warning
        case error

        fileprivate var number: CInt {
            switch self {
            case .debug: LOG_DEBUG
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

    /// Whether an application that cannot wait wants to be asked again later (PAM_CONV_AGAIN).
    var isNotYet: Bool { code == PAM_CONV_AGAIN }
}
