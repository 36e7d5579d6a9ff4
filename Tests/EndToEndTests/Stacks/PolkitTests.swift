import Foundation
import Store
import Testing

/// The drop-in for polkit's helper, which runs PAM where /var is read-only.
@Suite struct `the drop-in for polkit` {
    private static let dropIn = "polkit-agent-helper@.service.d"

    private var writable: [String] {
        get throws {
            let path = "\(Project.folder)/pam/systemd/\(Self.dropIn)/pam-totp.conf"
            return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
                .filter { !$0.hasPrefix("#") }.map(String.init)
        }
    }

    @Test func `it names the default store, which may be missing, and nothing else`() throws {
        #expect(try writable == ["[Service]", "ReadWritePaths=-\(Configuration().store)"])
    }

    @Test(arguments: [("ReadWritePaths", true), ("ReadWritePath", false)])
    func `systemd has nothing to say against it`(setting: String, isRight: Bool) throws {
        try Sandbox.enter()
        let folder = try TemporaryFolder()
        // As much of polkit's own unit as matters here.
        let unit = "[Service]\nType=oneshot\nExecStart=/bin/true\nProtectSystem=strict\n"
        try folder.write(unit, to: "polkit-agent-helper@.service", permissions: 0o644)
        let text = try writable.joined(separator: "\n")
        let script = #"mkdir "$1/$2" && cat >"$1/$2/pam-totp.conf""#
        _ = try Command.output(
            of: "sh",
            "-c",
            script,
            "sh",
            folder.url.path,
            Self.dropIn,
            input: text.replacing("ReadWritePaths", with: setting)
        )
        let instance = folder.file("polkit-agent-helper@1.service").path
        // It wants a /tmp of its own to work in.
        let verify = #"mount -t tmpfs tmpfs /tmp && systemd-analyze verify --man=no "$1""#
        let command = try Command.run(["unshare", "--mount", "sh", "-c", verify, "sh", instance])
        #expect(command.error.contains("pam-totp.conf") != isRight, "\(command.error)")
    }

    @Test(arguments: [true, false])
    func `a code is verified where only what it names can be written`(isThere: Bool) throws {
        let person = try Person(named: "polkit-\(isThere)")
        let code = try person.enroll().code()
        let paths = try writable.compactMap { line in
            line.firstMatch(of: /^ReadWritePaths=-(.*)/).map { String($0.1) }
        }
        // In a namespace of its own, so that no other test notices.
        let script = """
            set -e
            mount --bind /var/lib /var/lib
            mount -o remount,bind,ro /var/lib
            for path in "$@"; do
                mount --bind "$path" "$path"
                mount -o remount,bind,rw "$path"
            done
            exec "$LOGIN" /etc/pam.d \(Stack.codeAlone.rawValue) \(person.name) \(code)
            """
        let command = try Command.run(
            ["unshare", "--mount", "sh", "-c", script, "sh"] + (isThere ? paths : []),
            environment: ["LOGIN": PAMLogin.path]
        )
        let answer = Answer(Substring(command.text.trimmed))
        #expect(answer?.code == (isThere ? Answer.success : Answer.unavailable), "\(command)")
    }
}
