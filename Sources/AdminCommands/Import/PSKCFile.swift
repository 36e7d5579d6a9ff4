internal import CPSKC
internal import System
internal import Verification

/// A PSKC file (RFC 6030), as libpskc reads it once `PSKCDocument` has decrypted it.
@safe final class PSKCFile {
    private let container: OpaquePointer
    private let document: PSKCDocument

    init(_ document: PSKCDocument) throws(AdminError) {
        var container: OpaquePointer?
        let xml = document.xml.map { CChar(bitPattern: $0) }
        // SAFETY: the container is ours until pskc_done; the text is copied.
        guard pskc_global_init() == 0, unsafe pskc_init(&container) == 0,
            let container = unsafe container
        else {
            throw AdminError(.unavailable, "libpskc cannot start")
        }
        unsafe self.container = container
        self.document = document
        guard unsafe pskc_parse_from_memory(container, xml.count, xml) == 0 else {
            throw AdminError(.dataError, "this is not a PSKC file")
        }
    }

    deinit { unsafe pskc_done(container) }

    /// Its keys, at `now` in seconds since 1970; `user` is whose the only one is, or nil if they say
    /// it themselves.
    func items(
        for user: String?,
        at now: Int64,
        under policy: Policy
    ) throws(AdminError) -> [ImportItem] {
        var keys: [PSKCKey] = []
        while let key = unsafe pskc_get_keypackage(container, keys.count) {
            unsafe keys.append(PSKCKey(key))
        }
        guard user == nil || keys.count == 1 else {
            throw AdminError(
                .usage,
                "the file has \(keys.count) keys; --user is for a file with one"
            )
        }
        return keys.enumerated().map { index, key in
            ImportItem(
                user: user ?? key.user,
                place: "key \(index + 1)",
                name: key.name
            ) { () throws(AdminError) in
                if document.problems.indices.contains(index),
                    let problem = document.problems[index]
                {
                    throw AdminError(.dataError, problem)
                }
                return try key.authenticator(at: now, under: policy)
            }
        }
    }
}
