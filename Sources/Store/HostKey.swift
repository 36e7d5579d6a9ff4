package import System

/// The host's sealing key, and the id of the store that it belongs to.
///
/// Its file is three lines: `pam-totp key 1`, `store ID` (16 bytes) and `key KEY` (32 bytes), both
/// in hexadecimal; and `previous KEY` while `totp-admin rekey` is at work.
package struct HostKey: ~Copyable {
    package let storeID: [UInt8]
    /// What secrets are sealed under.
    package let key: SecretBytes
    /// What some of them are still sealed under, while the key is being changed.
    package let previous: SecretBytes?

    private static let head = ("pam-totp key 1\nstore " as Text).utf8
    private static let middle = ("\nkey " as Text).utf8
    private static let last = ("previous " as Text).utf8
    private static let idLength = 16
    private static let keyLength = 32
    /// The file is of this size, or of the one with a previous key, and of no other.
    private static let fileSize = head.count + 2 * idLength + middle.count + 2 * keyLength + 1
    private static let longFileSize = fileSize + last.count + 2 * keyLength + 1

    package init(
        storeID: [UInt8],
        key: consuming SecretBytes,
        previous: consuming SecretBytes? = nil
    ) {
        self.storeID = storeID
        self.key = key
        self.previous = previous
    }

    package static func generate() throws(SystemError) -> HostKey {
        HostKey(
            storeID: try RandomBytes.generate(count: idLength),
            key: try newKey()
        )
    }

    static func newKey() throws(SystemError) -> SecretBytes {
        try RandomBytes.secret(count: keyLength)
    }

    package static func read(path: Text, owner: UserID) throws(StoreError) -> HostKey {
        let text: SecretBytes
        do throws(FileError) {
            text = try TrustedFile.readSecret(
                path,
                size: fileSize,
                or: longFileSize,
                trust: .secret(owner)
            )
        } catch {
            throw .file(error)
        }
        guard let key = parse(text) else {
            throw .malformed(path: path, line: 1, problem: "this is not a key file")
        }
        return key
    }

    /// Whether there is a key at `path`; throws for a file that is none.
    static func exists(path: Text, owner: UserID) throws(StoreError) -> Bool {
        do throws(StoreError) {
            _ = try read(path: path, owner: owner)
            return true
        } catch {
            if error.isNotFound { return false }
            throw error
        }
    }

    static func parse(_ text: borrowing SecretBytes) -> HostKey? {
        guard text.count == fileSize || text.count == longFileSize else { return nil }
        return unsafe text.withUnsafeBytes { text in
            let id = head.count..<head.count + 2 * idLength
            let secret = id.upperBound + middle.count..<fileSize - 1
            guard unsafe text[..<id.lowerBound].elementsEqual(head),
                unsafe text[id.upperBound..<secret.lowerBound].elementsEqual(middle),
                unsafe text[secret.upperBound] == UInt8(ascii: "\n"),
                let storeID = unsafe Hexadecimal.decode(text[id]),
                let key = unsafe Hexadecimal.decodeSecret(.init(rebasing: text[secret]))
            else { return nil }
            if text.count == fileSize { return HostKey(storeID: storeID, key: key) }
            let previous = fileSize + last.count..<longFileSize - 1
            guard unsafe text[fileSize..<previous.lowerBound].elementsEqual(last),
                unsafe text[previous.upperBound] == UInt8(ascii: "\n"),
                let old = unsafe Hexadecimal.decodeSecret(.init(rebasing: text[previous]))
            else { return nil }
            return HostKey(storeID: storeID, key: key, previous: old)
        }
    }

    /// The secret in `sealed`; nil if neither key opens it.
    func open(_ sealed: [UInt8], binding associated: [UInt8]) -> SecretBytes? {
        if let secret = Seal.open(sealed, binding: associated, under: key) { return secret }
        switch previous {
        case .some(let previous): return Seal.open(sealed, binding: associated, under: previous)
        case nil: return nil
        }
    }

    /// What its file holds.
    package func fileContents() -> [UInt8] {
        let newline = UInt8(ascii: "\n")
        let key = unsafe key.withUnsafeBytes { unsafe Hexadecimal.encode($0) }
        let contents = Self.head + Hexadecimal.encode(storeID).utf8 + Self.middle + key.utf8
        switch previous {
        case .some(let previous):
            let previous = unsafe previous.withUnsafeBytes { unsafe Hexadecimal.encode($0) }
            return contents + [newline] + Self.last + previous.utf8 + [newline]
        case nil:
            return contents + [newline]
        }
    }
}
