internal import CSystem

/// A system call that failed: which one, and the `errno` it left.
package struct SystemError: Error, Equatable {
    package let call: Text
    package let code: CInt

    package init(call: Text, code: CInt) {
        self.call = call
        self.code = code
    }

    /// The failure of the call that has just returned.
    package static func last(_ call: Text) -> SystemError {
        SystemError(call: call, code: totp_errno())
    }

    package var isNotFound: Bool { code == ENOENT }
    package var isSymbolicLink: Bool { code == ELOOP }
    package var isAlreadyThere: Bool { code == EEXIST }
    package var isPermission: Bool { code == EACCES || code == EPERM }

    /// The call and its cause, in words that no locale changes.
    package var description: Text {
        // SAFETY: a static string, or NULL.
        guard let text = unsafe totp_error_words(code) else { return "\(call): error \(code)" }
        return unsafe "\(call): \(Text(cString: text))"
    }
}
