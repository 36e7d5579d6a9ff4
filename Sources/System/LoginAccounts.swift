internal import CSystem

/// The accounts that somebody can log in to. Nothing a login needs.
extension Account {
    /// Those with a shell of shells(5) that the system's directory of users lists (getpwent(3)).
    ///
    /// Not to be called from several threads. An error means that there may be more.
    package static func withLoginShell() throws(SystemError) -> [Account] {
        let shells = loginShells()
        var accounts: [Account] = []
        setpwent()
        defer { endpwent() }
        while true {
            totp_set_errno(0)
            // SAFETY: the entry is copied before the next call.
            guard let entry = unsafe getpwent() else { break }
            guard let name = unsafe entry.pointee.pw_name else { continue }
            let shell = unsafe entry.pointee.pw_shell.map { unsafe Text(cString: $0) } ?? ""
            // passwd(5): an empty field means /bin/sh.
            guard shells.contains(shell.isEmpty ? "/bin/sh" : shell) else { continue }
            accounts.append(
                unsafe Account(
                    uid: entry.pointee.pw_uid,
                    name: Text(cString: name),
                    group: entry.pointee.pw_gid
                )
            )
        }
        let code = totp_errno()
        if code != 0, code != ENOENT { throw SystemError(call: "getpwent", code: code) }
        return accounts
    }

    /// What getusershell(3) lists: /etc/shells, or what is usual where there is no such file.
    private static func loginShells() -> [Text] {
        var shells: [Text] = []
        setusershell()
        defer { endusershell() }
        // SAFETY: C's text, copied before the next call.
        while let shell = unsafe getusershell() { unsafe shells.append(Text(cString: shell)) }
        return shells
    }
}
