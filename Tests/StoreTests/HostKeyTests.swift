import System
import Testing

@testable import Store

@Suite struct HostKeyTests {
    private let folder: TemporaryFolder
    private static let id = String(repeating: "0a", count: 16)
    private static let key = String(repeating: "1f", count: 32)
    private static let whole = "pam-totp key 1\nstore \(id)\nkey \(key)\n"

    init() throws { folder = try TemporaryFolder() }

    private func read(_ contents: String, mode: Int = 0o600) throws -> (id: [UInt8], key: [UInt8]) {
        let path = try folder.write("totp.key", contents.utf8, mode: mode)
        let key = try HostKey.read(path: path, owner: Owner.ofTests)
        return (key.storeID, key.key.withUnsafeBytes { Array($0) })
    }

    @Test func `a key file is read`() throws {
        let read = try read(Self.whole)
        #expect(read.id == [UInt8](repeating: 0x0a, count: 16))
        #expect(read.key == [UInt8](repeating: 0x1f, count: 32))
    }

    @Test func `a new key is written as it is read, and is like no other`() throws {
        let first = try HostKey.generate()
        let second = try HostKey.generate()
        let contents = (first.fileContents(), second.fileContents())
        #expect(contents.0 != contents.1)
        let read = try read(String(decoding: contents.0, as: UTF8.self))
        let (id, key) = (first.storeID, first.key.withUnsafeBytes { Array($0) })
        #expect(read.id == id)
        #expect(read.key == key)
    }

    @Test(arguments: [
        "", "pam-totp key 1\n", whole.replacing("key 1", with: "key 2"), whole.uppercased(),
        whole.replacing("1f1f", with: "1F1F"), whole.replacing("0a0a", with: "0g0g"),
        whole.replacing("\nkey", with: " key"), String(whole.dropLast()),
        String(whole.dropFirst()), String(whole.dropLast()) + " ",
        whole.replacing("\n", with: "\r\n"), "\n" + whole.dropLast(),
    ])
    func `anything else is no key file`(contents: String) {
        #expect(throws: StoreError.self) { try read(contents) }
    }

    @Test func `a previous key is read and written, and opens what was sealed under it`() throws {
        let old = hostKey(1)
        let changing = HostKey(
            storeID: [UInt8](repeating: 1, count: 16),
            key: SecretBytes([UInt8](repeating: 2, count: 32)),
            previous: SecretBytes([UInt8](repeating: 1, count: 32))
        )
        let path = try folder.write("totp.key", changing.fileContents())
        let read = try HostKey.read(path: path, owner: Owner.ofTests)
        #expect(read.fileContents() == changing.fileContents())
        for key in 1...2 as ClosedRange<UInt8> {
            let secret = SecretBytes([7])
            let sealed = try Seal.seal(secret, binding: [], under: hostKey(key).key)
            let opened = read.open(sealed, binding: [])?.isEqual(to: secret)
            #expect(opened == true)
            let openedByOld = old.open(sealed, binding: [])?.isEqual(to: secret)
            #expect(openedByOld == (key == 1 ? true : nil))
        }
    }

    private static let previous = "previous \(key)\n"

    @Test(arguments: [
        previous.replacing("previous", with: "Previous"), previous.replacing("1f1f", with: "1F1F"),
        previous.replacing(" ", with: "\n"), String(previous.dropLast()), previous + "\n",
        String(previous.dropLast()) + " ", previous + previous,
    ])
    func `a key file with anything else behind the key is none`(rest: String) {
        #expect(throws: Never.self) { try read(Self.whole + Self.previous) }
        #expect(throws: StoreError.self) { try read(Self.whole + rest) }
    }

    @Test(arguments: ["\n", " ", "00", "key \(key)\n"])
    func `a longer file is no key file`(rest: String) {
        #expect(throws: StoreError.self) { try read(Self.whole + rest) }
    }

    @Test(arguments: [0o644, 0o604, 0o620, 0o660, 0o602, 0o601, 0o777])
    func `a key that too many can read or write is refused`(mode: Int) {
        let path = folder.path("totp.key")
        let distrust = FileError.distrusted(
            .permissions(FileMode(mode), forbidden: 0o027),
            path: path
        )
        #expect(throws: StoreError.file(distrust)) { try read(Self.whole, mode: mode) }
    }

    @Test(arguments: [0o600, 0o640, 0o400, 0o440])
    func `its group may read it`(mode: Int) throws {
        let key = try read(Self.whole, mode: mode).key
        #expect(key.count == 32)
    }

    @Test func `a missing key is told from a bad one`() {
        #expect(throws: StoreError.self) {
            _ = try HostKey.read(path: folder.path("none"), owner: Owner.ofTests)
        }
        do throws(StoreError) {
            _ = try HostKey.read(path: folder.path("none"), owner: Owner.ofTests)
        } catch {
            #expect(error.isNotFound)
        }
    }
}
