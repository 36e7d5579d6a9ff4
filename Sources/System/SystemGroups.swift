internal import CSystem

/// The system's groups (group(5), NSS).
package struct SystemGroups: GroupDirectory {
    /// Nobody's, and yet a name that a directory has to look up.
    private static let noGroup: Text = "pam-totp-no-such-group"
    /// Members' names take room: a group of everybody in a large directory has some megabytes.
    private static let largestEntry = 1 << 24
    /// As many as Linux lets a process have (NGROUPS_MAX).
    private static let mostGroups = 65_536

    package init() {}

    /// The group that `totp-helper` is setgid to; nil if there is none.
    package static func helpers() throws(SystemError) -> GroupID? {
        try SystemGroups().group(named: "totp")
    }

    package func group(named name: Text) throws(SystemError) -> GroupID? {
        try unsafe lookUp(name) { unsafe $0.gr_gid }
    }

    package func group(
        named name: Text,
        lists account: Account
    ) throws(SystemError) -> Bool? {
        try unsafe lookUp(name) { entry in
            guard var member = unsafe entry.gr_mem else { return false }
            // SAFETY: C's texts, and NULL behind the last.
            while let text = unsafe member.pointee {
                if unsafe Text(cString: text) == account.name { return true }
                unsafe member += 1
            }
            return false
        }
    }

    /// What `read` makes of a group's entry, which it is lent; nil if there is no such group.
    private func lookUp<Answer>(
        _ name: Text,
        _ read: (CSystem.group) -> Answer
    ) throws(SystemError) -> Answer? {
        var capacity = 4096
        while true {
            var answer: Answer?
            let code = unsafe find(name, capacity) { entry in answer = unsafe read(entry) }
            if code == 0 { return answer }
            if code == EINTR { continue }
            guard code == ERANGE, capacity < Self.largestEntry else {
                throw SystemError(call: "getgrnam_r", code: code)
            }
            capacity *= 4
        }
    }

    private func find(
        _ name: Text,
        _ capacity: Int,
        _ body: (CSystem.group) -> Void
    ) -> CInt {
        var entry = unsafe CSystem.group()
        var found: UnsafeMutablePointer<CSystem.group>?
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
            guard let start = buffer.baseAddress else { return ENOMEM }
            // A directory that does not answer may leave errno alone, which is then the outcome.
            totp_set_errno(EIO)
            // SAFETY: `entry` points into `buffer`, which lives until `body` has returned.
            let code = unsafe getgrnam_r(name.terminated, &entry, start, capacity, &found)
            if unsafe code == 0 && found != nil { unsafe body(entry) }
            return code
        }
    }

    package func account(of uid: UserID) throws(SystemError) -> Account? {
        try Account.find(uid: uid)
    }

    package func groups(of account: Account) throws(SystemError) -> [GroupID] {
        var count = CInt(64)
        while true {
            var groups = [GroupID](repeating: 0, count: Int(count))
            // SAFETY: getgrouplist writes no more than `count` numbers, and says how many there are.
            let outcome = unsafe getgrouplist(
                account.name.terminated,
                account.group,
                &groups,
                &count
            )
            if outcome >= 0 { return Array(groups.prefix(Int(count))) }
            guard count > groups.count, count <= Self.mostGroups else {
                throw SystemError(call: "getgrouplist", code: ERANGE)
            }
        }
    }

    /// Only a directory that answers can say that there is no such group.
    ///
    /// One that does not is noticed here unless another one behind it in nsswitch.conf(5) answers
    /// in its place.
    package func confirmAnswers() throws(SystemError) { _ = try group(named: Self.noGroup) }
}
