import Foundation
import System
import Testing
import Verification

@testable import Store

@Suite struct StateFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("state", StateFile.initialContents(LoginState(), uid: 1000), mode: 0o660)
    }

    /// Opens the file anew, as the next login does.
    private func withFile<Result>(_ body: (inout StateFile) throws -> Result) throws -> Result {
        let here = try FileDescriptor.open(folder.path, .directory)
        var file = try StateFile.open(in: here, path: "/state", uid: 1000, owner: Owner.ofTests)
        return try body(&file)
    }

    private func expectRefused(
        _ error: StoreError,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: error, sourceLocation: sourceLocation) { try withFile { _ in } }
    }

    private func numbered(_ number: Int64) -> LoginState {
        var state = fullState()
        state.lastSuccessAt = number
        return state
    }

    @Test func `what was put in its place is there when it is opened again`() throws {
        for number in 1...5 {
            try withFile { try $0.replace(with: numbered(Int64(number))) }
            #expect(try withFile { $0.state } == numbered(Int64(number)))
        }
    }

    @Test func `several states may be written through one opening`() throws {
        try withFile { file in
            for number in 1...5 {
                try file.replace(with: numbered(Int64(number)))
                #expect(file.state == numbered(Int64(number)))
            }
        }
        #expect(try withFile { $0.state } == numbered(5))
    }

    @Test func `the file keeps its size and its inode`() throws {
        let before = try FileDescriptor.open(folder.path("state"), .read).status()
        for number in 1...3 { try withFile { try $0.replace(with: numbered(Int64(number))) } }
        let after = try FileDescriptor.open(folder.path("state"), .read).status()
        #expect(after.inode == before.inode)
        #expect(after.size == 8192)
    }

    @Test func `the state before the last one is left whole in the other slot`() throws {
        for number in 1...3 { try withFile { try $0.replace(with: numbered(Int64(number))) } }
        let bytes = try folder.contents("state")
        let numbers = [bytes[..<4096], bytes[4096...]]
            .map { StateSlot($0, uid: 1000)?.state.lastSuccessAt }
        #expect(Set(numbers) == [2, 3])
    }

    @Test func `a newest slot without its mark is written again and marked`() throws {
        try withFile { try $0.replace(with: numbered(1)) }
        var bytes = try folder.contents("state")
        let marked = bytes
        for offset in [4080, 8176] {
            bytes.replaceSubrange(offset..<offset + 16, with: [UInt8](repeating: 0, count: 16))
        }
        try folder.write("state", bytes, mode: 0o660)
        #expect(StateSlots(bytes, uid: 1000)?.isDurable == false)
        #expect(try withFile { $0.state } == numbered(1))
        let settled = try folder.contents("state")
        #expect(StateSlots(settled, uid: 1000)?.isDurable == true)
        #expect(settled[..<4080] == marked[..<4080])
        #expect(settled[4096..<8176] == marked[4096..<8176])
    }

    @Test func `whoever only looks writes nothing, to a newest slot without its mark either`()
        throws
    {
        try withFile { try $0.replace(with: numbered(1)) }
        var bytes = try folder.contents("state")
        for offset in [4080, 8176] {
            bytes.replaceSubrange(offset..<offset + 16, with: [UInt8](repeating: 0, count: 16))
        }
        try folder.write("state", bytes, mode: 0o660)
        let here = try FileDescriptor.open(folder.path, .directory)
        let state = try StateFile.read(in: here, path: "/state", uid: 1000, owner: Owner.ofTests)
        #expect(state == numbered(1))
        #expect(try folder.contents("state") == bytes)
    }

    @Test func `a missing state is told from an unreadable one`() throws {
        try FileManager.default.removeItem(at: folder.url("state"))
        expectRefused(.missingState(path: "/state"))
    }

    @Test(arguments: [0, 1, 4096, 8191, 8193, 100_000])
    func `a file of the wrong size is damaged`(size: Int) throws {
        let whole = try folder.contents("state")
        let bytes = (0..<size).map { whole[$0 % whole.count] }
        try folder.write("state", bytes, mode: 0o660)
        expectRefused(.damagedState(path: "/state"))
    }

    @Test func `a state that others may read or write is refused`() throws {
        for mode in [0o664, 0o666, 0o661] {
            try folder.setMode(of: "state", to: mode)
            let distrust = Distrust.permissions(FileMode(mode), forbidden: 0o007)
            expectRefused(.file(.distrusted(distrust, path: "/state")))
        }
        try folder.setMode(of: "state", to: 0o660)
        #expect(throws: Never.self) { try withFile { _ in } }
    }

    @Test func `a link in its place is refused`() throws {
        try FileManager.default.moveItem(at: folder.url("state"), to: folder.url("elsewhere"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.url("state").path,
            withDestinationPath: "elsewhere"
        )
        expectRefused(.file(.distrusted(.symbolicLink, path: "/state")))
    }
}
