import Foundation
import System
import Testing

@testable import Backup

@Suite struct BackupFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `what was written is read, in its order, as often as one likes`() throws {
        let records = try [record(), record("bob", uid: 4_000_000_000)]
        try folder.backUp(records, under: key())
        #expect(try folder.read(under: key()) == records.map(Contents.init))

        var reader = try BackupReader(BackupFile(folder.path("backup")), under: key())
        #expect(reader.madeAt == now)
        while try reader.next() != nil {}
        reader.rewind()
        #expect(try reader.next().map(Contents.init) == Contents(records[0]))
    }

    @Test func `a passphrase opens what was sealed under it`() throws {
        let records = try [record()]
        try folder.backUp(records, under: passphrase())
        #expect(try folder.read(under: passphrase()) == records.map(Contents.init))
    }

    @Test func `a backup of nobody is one`() throws {
        try folder.backUp([], under: key())
        #expect(try folder.read(under: key()).isEmpty)
    }

    @Test func `another secret opens nothing`() throws {
        let path = folder.path("backup")
        try folder.backUp([record()], under: key())
        #expect(throws: BackupError.cannotOpen(path: path)) { try folder.read(under: key(2)) }
        #expect(throws: BackupError.needsKeyFile(path: path)) {
            try folder.read(under: passphrase())
        }
        try folder.backUp([record()], to: "other", under: passphrase())
        let other = folder.path("other")
        #expect(throws: BackupError.cannotOpen(path: other)) {
            try folder.read("other", under: passphrase("correct horse batterz"))
        }
        #expect(throws: BackupError.needsPassphrase(path: other)) {
            try folder.read("other", under: key())
        }
    }

    @Test func `a passphrase is stretched as many times as the head says`() throws {
        #expect(BackupHead.iterations == 600_000)
        try folder.backUp([], under: passphrase())
        let bytes = try folder.contents("backup")
        #expect(Array(bytes[8..<12]) == [2, 0, 0, 0])
        var head = try #require(BackupHead(Array(bytes.prefix(BackupHead.size))))
        #expect(head.iterations == 2)
        head = try .generate(iterations: .max)
        #expect(BackupHead(head.bytes) == nil, "a head must not keep anybody waiting for hours")
    }

    @Test func `neither names nor secrets can be read in it, nor does it repeat itself`() throws {
        for name in ["one", "two"] { try folder.backUp([record()], to: name, under: key()) }
        let (one, two) = try (folder.contents("one"), folder.contents("two"))
        for bytes in [secretOfAlice, Array("alice".utf8), Array("phone".utf8)] {
            #expect(Data(one).range(of: Data(bytes)) == nil)
        }
        #expect(one.count == two.count)
        let equal = zip(one, two).dropFirst(12).count { $0 == $1 }
        #expect(equal < one.count / 32, "one byte of 256 by chance")
    }

    @Test func `it is for root alone, and is there once it is whole`() throws {
        let names = try BackupWriter.write(folder.path("backup"), under: key(), at: now) {
            (writer) throws(BackupError) in folder.names
        }
        #expect(names == [".backup.new"])
        #expect(folder.names == ["backup"])
        let attributes = try FileManager.default.attributesOfItem(
            atPath: folder.url.appendingPathComponent("backup").path
        )
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `nothing is left of one that fails`() {
        let failure = BackupError.system(SystemError(call: "read", code: 5))
        #expect(throws: failure) {
            try BackupWriter.write(folder.path("backup"), under: key(), at: now) {
                (writer) throws(BackupError) in throw failure
            }
        }
        #expect(folder.names.isEmpty)
    }

    @Test func `what has come there meanwhile is left alone`() throws {
        #expect(throws: BackupError.alreadyThere(path: folder.path("backup"))) {
            try BackupWriter.write(folder.path("backup"), under: key(), at: now) {
                (_) throws(BackupError) in
                #expect(throws: Never.self) { try folder.write("backup", [1]) }
            }
        }
        #expect(try folder.contents("backup") == [1])
        #expect(folder.names == ["backup"])
    }

    @Test func `what is there is left alone`() throws {
        try folder.write("backup", [1])
        #expect(throws: BackupError.alreadyThere(path: folder.path("backup"))) {
            try folder.backUp([], under: key())
        }
        try folder.write(".other.new", [2])
        #expect(throws: BackupError.unfinished(path: folder.path(".other.new"))) {
            try folder.backUp([], to: "other", under: key())
        }
        #expect(try folder.contents("backup") == [1] && folder.contents(".other.new") == [2])
    }
}
