internal import Doctor
internal import Glibc
internal import System

/// Which group has access to the key and to the store: root's or the helper's, and no other.
///
/// Files are believed with any group. One that rsync or chgrp made an ordinary group's opens secrets
/// to its members, and lets them write a state back from before a code was used.
struct GroupExamination {
    let key: String
    let store: StorePaths

    var diagnoses: [Diagnosis] {
        let helpers: GroupID?
        do throws(SystemError) {
            helpers = try SystemGroups.helpers()
        } catch {
            let text = "whose groups its files have: the group 'totp': \(error.description)"
            return [Diagnosis(.unseen, "store", text)]
        }
        let trusted = [0, helpers]
        let keys = [key].compactMap { Self.opened($0, beside: trusted) }
        let files = store.find { Self.opened($0, beside: trusted) }
        guard let first = keys.first ?? files.first else { return [] }
        let right = helpers == nil ? "root" : "totp"
        let commands =
            (keys.isEmpty ? [] : ["chgrp \(right) \(key)"])
            + (files.isEmpty ? [] : ["chgrp -R \(right) \(store.store)"])
        return [
            Diagnosis(
                .problem,
                "store",
                "open to another group than root's or totp's, whose members may read secrets and make "
                    + "used codes good again: \(keys.count + files.count)",
                evidence: ["\(first.path): group \(Self.name(of: first.group))"],
                remedy: commands.joined(separator: "; ")
            )
        ]
    }

    /// The path and its group, if the mode gives anything to another group.
    private static func opened(
        _ path: String,
        beside trusted: [GroupID?]
    ) -> (path: String, group: GroupID)? {
        var status = stat()
        // SAFETY: it fills in one of these.
        guard unsafe lstat(path, &status) == 0, status.st_mode & 0o070 != 0,
            !trusted.contains(status.st_gid)
        else { return nil }
        return (path, status.st_gid)
    }

    /// Its name and its number; the number alone where it has no name.
    private static func name(of group: GroupID) -> String {
        // SAFETY: the static entry is copied at once, in a program that has one thread then.
        guard let entry = unsafe getgrgid(group), let name = unsafe entry.pointee.gr_name else {
            return "\(group)"
        }
        return unsafe "\(String(cString: name)) (\(group))"
    }
}
