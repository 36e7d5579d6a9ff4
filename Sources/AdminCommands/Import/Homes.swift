internal import CSystem
internal import Glibc
internal import System

/// The home folders of the accounts of this machine, and files in them.
///
/// A home belongs to somebody who may put anything there.
enum Homes {
    /// Every account that the system's directory lists, with its home.
    static func all() -> [(account: Account, home: Text)] {
        var homes: [(Account, Text)] = []
        setpwent()
        defer { endpwent() }
        // SAFETY: the static entry is copied before the next call, in a program with one thread.
        while let entry = unsafe getpwent() {
            guard let name = unsafe entry.pointee.pw_name, let home = unsafe entry.pointee.pw_dir
            else { continue }
            let account = unsafe Account(
                uid: entry.pointee.pw_uid,
                name: Text(cString: name),
                group: entry.pointee.pw_gid
            )
            unsafe homes.append((account, Text(cString: home)))
        }
        return homes
    }

    /// What a file in somebody's home holds, read with their rights and believed only if it is
    /// theirs, regular and closed to others; nil if there is none.
    ///
    /// With their rights, because nothing that they cannot read can be theirs, and because root may
    /// be nobody on a file server. Nothing is waited for that they may have put there.
    static func read(
        _ path: Text,
        of account: Account,
        limit: Int
    ) throws(AdminError) -> [UInt8]? {
        guard setegid(account.group) == 0, seteuid(account.uid) == 0 else {
            throw AdminError(.unavailable, SystemError(call: "seteuid", code: errno))
        }
        defer { if seteuid(0) != 0 || setegid(0) != 0 { abort() } }
        do throws(FileError) {
            return try TrustedFile.read(path, limit: limit, trust: .secret(account.uid))
        } catch {
            if error.isNotFound { return nil }
            throw AdminError(.dataError, "cannot use \(error.description)")
        }
    }
}
