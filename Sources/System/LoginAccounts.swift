internal import CSystem

/// What the system's directory of users lists (getpwent(3)). Nothing a login needs.
///
/// Not to be asked from several threads. An error means that there may be more.
extension Account {
    /// Everybody, with their home.
    package static func withHome() throws(SystemError) -> [(account: Account, home: Text)] {
        try all { account, home, _ in (account, home) }
    }

    /// Those whom somebody can log in as: with a shell of shells(5).
    package static func withLoginShell() throws(SystemError) -> [Account] {
        let shells = loginShells()
        return try all { account, _, shell in
            // passwd(5): an empty field means /bin/sh.
            shells.contains(shell.isEmpty ? "/bin/sh" : shell) ? account : nil
        }
    }

    /// What `body` makes of every account, its home and its shell.
    private static func all<Result>(
        _ body: (Account, _ home: Text, _ shell: Text) -> Result?
    ) throws(SystemError) -> [Result] {
        var results: [Result] = []
        setpwent()
        defer { endpwent() }
        while true {
            totp_set_errno(0)
            // SAFETY: the entry is copied before the next call.
            guard let entry = unsafe getpwent() else { break }
            guard let name = unsafe entry.pointee.pw_name else { continue }
            let account = unsafe Account(
                uid: entry.pointee.pw_uid,
                name: Text(cString: name),
                group: entry.pointee.pw_gid
            )
            let home = unsafe entry.pointee.pw_dir.map { unsafe Text(cString: $0) } ?? ""
            let shell = unsafe entry.pointee.pw_shell.map { unsafe Text(cString: $0) } ?? ""
            if let result = body(account, home, shell) { results.append(result) }
        }
        let code = totp_errno()
        if code != 0, code != ENOENT { throw SystemError(call: "getpwent", code: code) }
        return results
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
