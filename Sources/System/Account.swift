internal import CSystem

/// A user account, as the system's directory of users has it (passwd(5), NSS).
package struct Account: Equatable {
    package let uid: UserID
    package let name: Text
    /// The primary group.
    package let group: GroupID

    package init(uid: UserID, name: Text, group: GroupID) {
        self.uid = uid
        self.name = name
        self.group = group
    }

    /// The account of that name; nil if there is none.
    ///
    /// An error means that nobody knows.
    package static func find(named name: Text) throws(SystemError) -> Account? {
        // C would look for what stands before it.
        if name.utf8.contains(0) { return nil }
        let name = name.terminated
        return try unsafe find("getpwnam_r") { unsafe getpwnam_r(name, $0, $1, $2, $3) }
    }

    /// The account of that uid, or the first one if there are several; nil if there is none.
    ///
    /// An error means that nobody knows.
    package static func find(uid: UserID) throws(SystemError) -> Account? {
        try unsafe find("getpwuid_r") { unsafe getpwuid_r(uid, $0, $1, $2, $3) }
    }

    private typealias Call = (
        UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
        UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
    ) -> CInt

    private static func find(_ name: Text, _ call: Call) throws(SystemError) -> Account? {
        var capacity = 1024
        while true {
            var account: Account?
            let code = unsafe find(call, capacity, &account)
            if code == 0 { return account }
            if code == EINTR { continue }
            guard code == ERANGE, capacity < 1 << 20 else {
                throw SystemError(call: name, code: code)
            }
            capacity *= 2
        }
    }

    private static func find(_ call: Call, _ capacity: Int, _ account: inout Account?) -> CInt {
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
            guard let start = buffer.baseAddress else { return ENOMEM }
            // A directory that does not answer may leave errno alone, which is then the outcome.
            totp_set_errno(EIO)
            // SAFETY: `entry` points into `buffer`, which lives until the name has been copied.
            let code = unsafe call(&entry, start, capacity, &found)
            if unsafe code == 0 && found != nil, let text = unsafe entry.pw_name {
                account = unsafe Account(
                    uid: entry.pw_uid,
                    name: Text(cString: text),
                    group: entry.pw_gid
                )
            }
            return code
        }
    }
}
