internal import CHost
internal import Doctor

/// Whether access lists (acl(5)) let anybody at the key and the store whom their modes do not show.
///
/// What they add passes for the group's, with which files are believed.
struct AccessListExamination {
    let key: String
    let store: StorePaths

    var diagnoses: [Diagnosis] {
        func hasOne(_ path: String) -> String? {
            unsafe totp_has_access_list(path) != 0 ? path : nil
        }
        let keys = [key].compactMap(hasOne)
        let files = store.find(hasOne)
        guard let first = keys.first ?? files.first else { return [] }
        let commands =
            (keys.isEmpty ? [] : ["setfacl -b \(key)"])
            + (files.isEmpty ? [] : ["setfacl -R -b \(store.store)"])
        return [
            Diagnosis(
                .problem,
                "store",
                "open to whom access lists name, who may read secrets and make used codes good again: "
                    + "\(keys.count + files.count)",
                evidence: ["\(first): see 'getfacl'"],
                remedy: commands.joined(separator: "; ")
            )
        ]
    }
}
