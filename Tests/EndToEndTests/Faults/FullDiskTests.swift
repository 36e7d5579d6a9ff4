import Foundation
import OTP
import System
import Testing
import Verification

/// A full file system stops nobody, and opens nothing twice.
@Suite(.serialized) struct FullDiskTests {
    struct FileSystem: CustomTestStringConvertible {
        let name: String
        let megabytes: Int
        let make: [String]

        var testDescription: String { name }
    }

    static let fileSystems = [
        FileSystem(name: "ext4", megabytes: 16, make: ["mkfs.ext4", "-q", "-m", "0"]),
        FileSystem(name: "xfs", megabytes: 320, make: ["mkfs.xfs", "-q"]),
        FileSystem(name: "btrfs", megabytes: 128, make: ["mkfs.btrfs", "-q"]),
    ]

    @Test(arguments: fileSystems)
    func `logins go on, replays are refused, wrong codes are counted`(
        fileSystem: FileSystem
    ) throws {
        try Sandbox.enter()
        let disk = try LoopDisk(fileSystem.name, fileSystem.megabytes, make: fileSystem.make)
        let site = try Site(in: disk.folder)
        let person = try site.enroll(.totp(period: 300))
        try disk.fill()

        let admin = try Command.run(
            [
                "totp-admin", "enroll", person.account.name.description, "--name", "more",
                "--no-confirm", "--conf", "\(site.folder)/totp.conf",
            ]
        )
        #expect(admin.status == 69)
        #expect(admin.error.contains("No space left on device"))

        #expect(try site.login(person, person.code()).code == Answer.success)
        #expect(try site.login(person, person.code()).code == Answer.refused)
        #expect(try site.login(person, person.code(1)).code == Answer.success)
        for code in person.recoveryCodes {
            #expect(try site.login(person, code).code == Answer.success)
            #expect(try site.login(person, code).code == Answer.refused)
        }
        for _ in 0..<5 {
            #expect(try site.login(person, person.wrongCode).code == Answer.refused)
        }
        #expect(try site.login(person, person.wrongCode).code == Answer.tooMany)
        #expect(try site.state(of: person).throttle.charged == 5)
    }
}

/// A file system of its own in a file, mounted for as long as the test lasts.
final class LoopDisk {
    let folder: String
    private let image: TemporaryFolder

    init(_ name: String, _ megabytes: Int, make: [String]) throws {
        image = try TemporaryFolder()
        folder = image.file("disk").path
        let file = image.file("image").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        _ = try Command.output(of: "truncate", "--size", "\(megabytes)M", file)
        let made = try Command.run(make + [file])
        guard made.status == 0 else { throw Failure("\(make): \(made.error)") }
        _ = try Command.output(of: "mount", "-o", "loop", "-t", name, file, folder)
    }

    deinit { _ = try? Command.output(of: "umount", "--lazy", folder) }

    /// Writes until there is no room for another byte, large pieces first.
    func fill() throws {
        for (index, size) in ["1M", "4k", "1"].enumerated() {
            let filled = try Command.run(
                ["dd", "if=/dev/zero", "of=\(folder)/fill\(index)", "bs=\(size)", "conv=fsync"]
            )
            guard filled.status != 0, filled.error.contains("No space left") else {
                throw Failure("the disk did not fill up: \(filled.error)")
            }
        }
        _ = try Command.output(of: "sync", "--file-system", folder)
    }
}
