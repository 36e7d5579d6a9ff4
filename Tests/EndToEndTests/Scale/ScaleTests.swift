import Foundation
import System
import Testing

/// Many users on the disk that the source is on, in numbers; tens of thousands by scripts/soak.
@Suite(.serialized) struct ScaleTests {
    private static let sizes = [
        Soak.rounds(600, soak: 5_000), Soak.rounds(1_800, soak: 50_000),
    ]

    /// A run of totp-admin: how long it took in seconds, and the most memory it had in kB.
    private struct Run {
        let command: Command
        let seconds: Double
        let memory: Int
    }

    /// Runs totp-admin where these users are the only ones, in a mount namespace of its own.
    private func admin(_ arguments: [String], users: String, at site: Site) throws -> Run {
        let script = """
            mount -t overlay -o lowerdir="$1":/etc none /etc && shift || exit
            "$@" & process=$!
            while memory=$(sed -n 's/^VmHWM:[^0-9]*\\([0-9]*\\).*/\\1/p' /proc/$process/status) &&
                [ -n "$memory" ]; do last=$memory; sleep 0.05; done
            wait $process || exit
            echo "$last" >&2
            """
        let start = Date()
        let command = try Command.run(
            ["unshare", "--mount", "sh", "-c", script, "sh", users, "totp-admin"] + arguments + [
                "--conf", "\(site.folder)/totp.conf",
            ],
            seconds: 1800
        )
        let seconds = Date().timeIntervalSince(start)
        let memory = command.error.split(separator: "\n").last.flatMap { Int($0) }
        guard command.status == 0, let memory else {
            throw Failure("\(arguments): \(command.status): \(command.error)")
        }
        return Run(command: command, seconds: seconds, memory: memory)
    }

    /// Calls `body` with a site on the disk, a file of users and a batch of them.
    private func withUsers(
        _ count: Int,
        _ body: (_ site: Site, _ users: String, _ batch: String) throws -> Void
    ) throws {
        let folder = "\(Project.folder)/.build/scale-\(UUID().uuidString)"
        _ = try Command.output(of: "mkdir", folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let numbers = 1...count
        let users = numbers.map { "p\($0):x:\(200_000 + $0):100::/nonexistent:/bin/sh\n" }
        let batch = ["user\n"] + numbers.map { "p\($0)\n" }
        // A layer above /etc: what is bound over a file goes when useradd puts another in its place.
        _ = try Command.output(of: "mkdir", "\(folder)/etc")
        for (name, lines) in [("etc/passwd", users), ("batch.csv", batch)] {
            try Data(lines.joined().utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        try body(Site(in: folder), "\(folder)/etc", "\(folder)/batch.csv")
    }

    @Test(arguments: [[], ["--no-recovery"]])
    func `a batch takes no more memory for more users`(options: [String]) throws {
        var memory: [Int] = []
        for size in Self.sizes {
            try withUsers(size) { site, users, batch in
                let output = "\(site.folder)/out"
                let run = try admin(
                    ["enroll", "--batch", batch, "--output", output] + options,
                    users: users,
                    at: site
                )
                #expect(run.command.text == "\(size) enrolled, 0 refused\n")
                let rate = Int(Double(size) / run.seconds)
                print("enroll --batch \(options) \(size): \(rate) a second, \(run.memory) kB")
                memory.append(run.memory)
            }
        }
        #expect(memory[1] < memory[0] + 4096)
    }

    /// Two seconds is what it should take at most; the machines are too noisy to fail for it.
    @Test func `everybody is listed once, and how long it takes is printed`() throws {
        let size = Self.sizes[1]
        try withUsers(size) { site, users, batch in
            let output = "\(site.folder)/out"
            let enroll = ["enroll", "--batch", batch, "--output", output]
            _ = try admin(enroll, users: users, at: site)
            for (options, listed) in [
                ([], size), (["--json"], size), (["--csv"], size), (["--locked"], 0),
                (["--not-enrolled"], 0),
            ] as [([String], Int)] {
                let run = try admin(["list"] + options, users: users, at: site)
                print("list \(options) \(size): \(run.seconds) s, \(run.memory) kB")
                let names = run.command.text.split { !$0.isLetter && !$0.isNumber }
                    .filter { $0.hasPrefix("p") && $0.dropFirst().allSatisfy(\.isNumber) }
                #expect(names.count == listed && Set(names).count == listed, "\(options)")
            }
            let run = try admin(["doctor", "--service", "su", "--json"], users: users, at: site)
            print("doctor \(size): \(run.seconds) s, \(run.memory) kB")
            #expect(run.command.text.contains("enrolled: \(size)"))
        }
    }
}
