import Foundation
import Testing

/// The helper's caller is the attacker: what it is started with does not count.
@Suite struct HelperIsolationTests {
    @Test func `it is no program for people: a terminal is refused`() throws {
        let person = try Person(named: "helper-terminal")
        let terminal = try PseudoTerminal("runuser", "-u", person.name, "--", Locker.helper)
        #expect(try terminal.waitForExit() == 64)
        #expect(terminal.text.isEmpty)
    }

    @Test(arguments: [
        "", "\n", "verify", "verify \n", "unlock helper-babble\n", "digits helper-babble",
        String(repeating: "x", count: 1 << 20),
        "verify helper-babble\n" + String(repeating: "1", count: 1025),
    ])
    func `what is no request has no answer`(request: String) throws {
        let babbler = try Person(named: "helper-babble-\(UInt32.random(in: 1...9_999_999))")
        let command = try Locker(of: babbler).ask(request)
        // A name that is empty is nobody's.
        if request == "verify \n" {
            #expect(command.text == "failed the helper answers for its caller alone\n")
        } else {
            #expect(command.status == 64)
            #expect(command.text.isEmpty)
        }
    }

    @Test func `what stands in the environment makes no difference`() throws {
        let person = try Person(named: "helper-surroundings")
        let code = try person.enroll().code()
        let log = try TemporaryFolder()
        _ = try Command.output(of: "chmod", "777", log.url.path)
        let environment = [
            "LD_PRELOAD=/run/home/evil.so", "LD_AUDIT=/run/home/evil.so", "LD_DEBUG=all",
            "LD_DEBUG_OUTPUT=\(log.file("loader").path)", "MALLOC_TRACE=\(log.file("malloc").path)",
            "GCONV_PATH=\(log.url.path)", "LOCPATH=\(log.url.path)", "LC_ALL=../../evil",
            "HOSTALIASES=/etc/security/totp.key", "RES_OPTIONS=debug", "TZ=/dev/zero", "PATH=/",
            "HOME=\(log.url.path)", "TMPDIR=\(log.url.path)",
        ]
        let command =
            ["setpriv", "--reuid=\(person.name)", "--regid=nogroup", "--clear-groups", "env", "-i"]
            + environment + [Locker.helper]
        let request = Data("verify \(person.name)\n\(code)".utf8)
        for answer in ["accepted 0 authenticator app\n", "replayed authenticator app\n"] {
            let result = try Command.run(command, input: request)
            #expect(result.text == answer)
            #expect(result.error == "")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: log.url.path) == [])
    }

    @Test func `it closes, resets and limits what it was given, and ends by itself`() throws {
        let person = try Person(named: "helper-heir")
        let folder = try TemporaryFolder()
        _ = try Command.output(of: "mkfifo", folder.file("input").path)
        // Input that never ends: it is the writer too.
        let script = """
            cd \(folder.url.path); exec 0<>input 5</etc/hostname 8>output; umask 0
            ulimit -c $(ulimit -H -c); echo $$ >process
            exec setpriv --reuid=\(person.name) --regid=nogroup --clear-groups \
            env -i --ignore-signal --block-signal \(Locker.helper)
            """
        let child = try ChildProcess(
            "sh",
            ["-c", script],
            environment: ["PATH": Sandbox.path],
            error: folder.file("error").path
        )
        let process = try Self.processIsolated(folder)
        let (status, limits) = (try Self.read(process, "status"), try Self.read(process, "limits"))
        for line in ["SigBlk:\t0000000000000000", "SigCgt:\t0000000000000000", "Umask:\t0077"] {
            #expect(status.contains(line), "\(status)")
        }
        #expect(limits.contains(#/Max core file size +0 +0 /#), "\(limits)")
        let open = try FileManager.default.contentsOfDirectory(atPath: "\(process)/fd")
        #expect(open.sorted() == ["0", "1", "2"])
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(process)/cwd") == "/")
        // Its memory is nobody's to read.
        for file in ["environ", "maps", "mem"] {
            let path = "\(process)/\(file)"
            #expect(try Command.run(["runuser", "-u", person.name, "--", "cat", path]).status == 1)
        }
        #expect(try child.waitForExit(seconds: 30) == 128 + SIGALRM)
        #expect(folder.text(of: "error") == "")
    }

    /// Its folder in /proc, once it has done what it does first: only SIGPIPE is ignored then.
    ///
    /// 32 and 33 are glibc's own, and no program can set them.
    private static func processIsolated(_ folder: TemporaryFolder) throws -> String {
        var last = ""
        for _ in 0..<1000 {
            let process = "/proc/\(folder.text(of: "process").trimmed)"
            last = (try? read(process, "status")) ?? "no process"
            if last.contains(#/SigIgn:\t0+(18)?0+1000\n/#) { return process }
            usleep(10000)
        }
        throw Failure("not isolated: \(last) \(folder.text(of: "error"))")
    }

    private static func read(_ process: String, _ file: String) throws -> String {
        try String(contentsOfFile: "\(process)/\(file)", encoding: .utf8)
    }
}
