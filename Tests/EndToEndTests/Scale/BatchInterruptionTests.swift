import Foundation
import System
import Testing

/// A batch that is killed anywhere is run again, and nobody is done twice or loses their file.
@Suite struct BatchInterruptionTests {
    /// Runs it to its end: who is enrolled has the file that goes with it, and the others are now.
    private func finish(_ batch: Batch, after event: String) throws {
        let before = try batch.records()
        let command = try batch.run()
        let count = batch.accounts.count
        let earlier = before > 0 ? ", \(before) done by an earlier run" : ""
        #expect(command.status == 0, "\(event): \(command.error)")
        #expect(command.text == "\(count - before) enrolled\(earlier), 0 refused\n", "\(event)")
        #expect(try batch.records() == count)
        #expect(try batch.logEverybodyIn().allSatisfy { $0.code == Answer.success }, "\(event)")
        let again = try batch.run()
        #expect(again.text == "0 enrolled, \(count) done by an earlier run, 0 refused\n")
        let left = try FileManager.default.contentsOfDirectory(atPath: batch.output)
        #expect(left.count == count, "\(event)")
    }

    @Test(arguments: [
        "mkdirat:signal=KILL:when=5", "pwrite64:signal=KILL:when=20", "renameat:signal=KILL:when=7",
        "syncfs:signal=KILL:when=1", "renameat2:signal=KILL:when=1", "renameat2:signal=KILL:when=9",
        "syncfs:signal=KILL:when=3",
    ])
    func `killed at a system call`(fault: String) throws {
        let batch = try Batch(of: 20)
        let trace = try TemporaryFolder()
        let path = trace.file("trace").path
        try batch.runKilled(by: ["strace", "-f", "-o", path, "-e", "inject=\(fault)"])
        #expect(trace.text(of: "trace").contains("killed by SIGKILL"), "\(fault)")
        try finish(batch, after: fault)
    }

    @Test func `killed at any moment, and again`() throws {
        for round in 0..<Soak.rounds(1, soak: 20) {
            let batch = try Batch(of: 600)
            for _ in 0..<4 {
                let seconds = String(format: "%.3f", Double.random(in: 0.02...0.8))
                try batch.runKilled(by: ["timeout", "-s", "KILL", seconds])
            }
            try finish(batch, after: "round \(round)")
        }
    }

    @Test func `what an earlier run enrolled is on the disk before it is called done`() throws {
        let batch = try Batch(of: 1)
        let trace = try TemporaryFolder()
        try batch.runKilled(by: [
            "strace", "-f", "-o", trace.file("killed").path, "-e",
            "inject=syncfs:signal=KILL:when=3",
        ])
        let command = try Command.run(
            ["strace", "-f", "-o", trace.file("again").path, "-e", "trace=syncfs,write"]
                + batch.arguments()
        )
        #expect(command.text == "0 enrolled, 1 done by an earlier run, 0 refused\n")
        let calls = trace.text(of: "again").split(separator: "\n").compactMap { line in
            ["syncfs(", "write(1,"].first(where: line.contains)
        }
        #expect(calls == ["syncfs(", "syncfs(", "write(1,"])
    }

    @Test func `interrupted at the terminal`() throws {
        let batch = try Batch(of: 600)
        let terminal = try PseudoTerminal(arguments: batch.arguments())
        try terminal.waitFor("[#")
        try terminal.waitFor(" enrolled, 0 refused, ")
        try terminal.press("\u{3}")
        #expect(try terminal.waitForExit() == 128 + SIGINT)
        #expect(try batch.records() > 0)
        try finish(batch, after: "SIGINT")
    }

    @Test(arguments: ["pwrite64", "syncfs", "fchmod"])
    func `a disk that takes no more enrolls nobody of the group and leaves no file`(
        call: String
    ) throws {
        let batch = try Batch(of: 20)
        let trace = try TemporaryFolder()
        let command = try Command.run(
            [
                "strace", "-f", "-o", trace.file("trace").path, "-e",
                "inject=\(call):error=ENOSPC:when=\(call == "syncfs" ? "1" : "6+")",
            ] + batch.arguments()
        )
        // What could not be written is one of the store's, or a file of who is enrolled.
        #expect(call == "syncfs" ? command.status == 73 : [69, 73].contains(command.status))
        #expect(command.error.contains("No space left on device; 0 were enrolled; run it again"))
        #expect(command.error.split(separator: "\n").count == 1, "\(command.error)")
        #expect(try batch.records() == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: batch.output).isEmpty)
        try finish(batch, after: call)
    }

    /// The first two are the folder of the files and the store before anybody is enrolled.
    @Test func `nobody counts as enrolled before the disk has their record`() throws {
        let batch = try Batch(of: 20)
        let trace = try TemporaryFolder()
        let inject = ["-e", "inject=syncfs:error=EIO:when=3"]
        let command = try Command.run(
            ["strace", "-f", "-o", trace.file("trace").path] + inject + batch.arguments()
        )
        #expect(command.status == 73)
        #expect(command.error.contains("0 were enrolled; run it again"), "\(command.error)")
        #expect(try batch.records() == 20)
        try finish(batch, after: "syncfs")
    }

    @Test func `somebody enrolled by hand meanwhile keeps that, and their file goes`() throws {
        nonisolated(unsafe) let batch = try Batch(of: 2)
        let trace = try TemporaryFolder()
        let path = trace.file("trace").path
        let running = Background {
            try Command.run(
                ["strace", "-f", "-o", path, "-e", "inject=syncfs:delay_enter=1500000:when=1"]
                    + batch.arguments()
            )
        }
        // The file is there, and the first sync has begun or is about to.
        let file = "\(batch.output)/\(batch.accounts[1].name).txt"
        while !FileManager.default.fileExists(atPath: file) { usleep(5000) }
        let person = try batch.site.enroll(as: batch.accounts[1])
        let command = try running.value()
        #expect(command.status == 65)
        #expect(command.error.contains("line 3: the user was enrolled meanwhile\n"))
        #expect(!FileManager.default.fileExists(atPath: file))
        #expect(try batch.site.login(person, person.code()).code == Answer.success)
    }

    @Test func `a second batch at the same time is told to wait`() throws {
        nonisolated(unsafe) let batch = try Batch(of: 1)
        let trace = try TemporaryFolder()
        let path = trace.file("trace").path
        let running = Background {
            try Command.run(
                ["strace", "-f", "-o", path, "-e", "inject=syncfs:delay_enter=1500000:when=1"]
                    + batch.arguments()
            )
        }
        let file = "\(batch.output)/\(batch.accounts[0].name).txt"
        while !FileManager.default.fileExists(atPath: file) { usleep(5000) }
        let second = try batch.run()
        #expect(second.status == 75)
        #expect(second.error.hasPrefix("totp-admin: another batch is going on: "))
        #expect(try running.value().status == 0)
    }
}
