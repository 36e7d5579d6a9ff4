import Foundation
import Testing

/// The module, the store and what is around them.
@Suite struct HostDoctorTests {
    private func moduleProblem(_ file: String) throws -> String? {
        let machine = try ExaminedMachine()
        machine.place(file, at: try BuiltModule.path.get())
        return try machine.examine().findings("problem", "module").first?.text
    }

    @Test func `a module that libpam cannot load is a problem`() throws {
        let folder = try TemporaryFolder()
        let path = try BuiltModule.path.get()
        let copy = folder.file("copy.so").path
        func made(_ script: String) throws -> String {
            let full =
                "rm -f '\(copy)' && cp '\(path)' '\(copy)' && chmod 644 '\(copy)' && " + script
            _ = try Command.output(of: "sh", "-c", full)
            return try #require(try moduleProblem(copy))
        }
        #expect(try made("chmod 666 '\(copy)'").hasPrefix("the module is not to be trusted: "))
        #expect(try made("chown 1 '\(copy)'").contains("is owned by uid 1; chown root '/"))
        // e_machine of ELF: another one.
        let patch = "printf '\\001' | dd of='\(copy)' bs=1 seek=18 conv=notrunc 2>/dev/null"
        #expect(try made(patch).hasSuffix("is for another kind of machine"))
        #expect(try made("truncate -s 5000 '\(copy)'").hasPrefix("the module does not load: "))
        #expect(try made("cp /usr/lib/*/libz.so.1 '\(copy)'").contains("pam_sm_authenticate"))
    }

    @Test func `a store in memory, on an overlay and on a full disk is told`() throws {
        let memory = try TemporaryFolder()
        let inMemory = try ExaminedMachine(in: memory.url.path)
        let gone = "store: it is in memory (tmpfs): it is gone after a reboot"
        #expect(try inMemory.examine().problems == [gone])

        let machine = try ExaminedMachine()
        let store = "\(machine.site.folder)/store"
        let overlay = """
            mkdir -p '\(store).up' && mount -t tmpfs none '\(store).up' &&
            mkdir '\(store).up/upper' '\(store).up/work' && mount -t overlay none '\(store)' \
            -o lowerdir='\(store)',upperdir='\(store).up/upper',workdir='\(store).up/work'
            """
        let overlaid = try machine.examine(before: overlay).findings("warning", "store").map(\.text)
        #expect(overlaid == ["it is on an overlay: a new container has the old codes"])

        let small = """
            mkdir -p '\(store).small' && mount -t tmpfs -o size=1m none '\(store).small' &&
            cp -a '\(store)/.' '\(store).small' && mount --bind '\(store).small' '\(store)'
            """
        let full = try machine.examine(before: small).findings("warning", "store").map(\.text)
        #expect(full.count == 1 && full[0].hasPrefix("its disk is nearly full (0 MB"))

        let ram = small.replacing("tmpfs -o size=1m", with: "ramfs")
        #expect(try machine.examine(before: ram).problems == [gone])
    }

    /// As ext4 is after an error of its disk.
    @Test func `a store that cannot be written is a problem`() throws {
        let machine = try ExaminedMachine()
        let (store, users) = ("\(machine.site.folder)/store", "\(machine.site.folder)/store/users")
        for folder in [store, users] {
            let report = try machine.examine(
                before: """
                    mount --bind '\(folder)' '\(folder)' && mount -o remount,bind,ro '\(folder)'
                    """
            )
            let failure = "cannot use '\(users)': faccessat: Read-only file system"
            #expect(report.problems == ["store: nobody gets in: \(failure)"], "\(folder)")
        }
    }

    @Test func `a key or a store that is not there, or open to others, is a problem`() throws {
        let machine = try ExaminedMachine()
        let key = "\(machine.site.folder)/totp.key"
        _ = try Command.output(of: "chmod", "644", key)
        let open =
            "store: nobody gets in: '\(key)' has mode 0644, open to too many; chmod 0640 '\(key)'"
        #expect(try machine.examine().problems == [open])
        _ = try Command.output(of: "chmod", "640", key)
        try FileManager.default.moveItem(atPath: key, toPath: key + ".away")
        let report = try machine.examine()
        #expect(report.problems.count == 1)
        let remedy = try #require(report.findings("problem", "store").first?.remedy)
        #expect(remedy == "totp-admin init" || remedy.hasPrefix("put it back, or, if it is lost, "))
    }

    @Test func `a configuration that makes no sense is a problem, an unknown group a warning`()
        throws
    {
        let machine = try ExaminedMachine()
        try machine.write("totp.conf", "window = 99\n")
        let problems = try machine.examine().problems
        #expect(problems.count == 1 && problems[0].hasPrefix("configuration: nobody gets in: "))
        try machine.site.configure("except_groups = no-such-group")
        let report = try machine.examine()
        #expect(report.problems.isEmpty)
        let warning =
            "there is no group 'no-such-group': where it counts, nobody is exempt by a group"
        #expect(report.findings("warning", "configuration").map(\.text) == [warning])
    }

    @Test func `a group that a service's own section names is looked for, too`() throws {
        let machine = try ExaminedMachine()
        try machine.stack("sudo", ExaminedMachine.documented)
        try machine.site.configure(
            "except_groups = gone\n[sshd]\nonly_groups = stafff, users\n[cron]\nonly_groups = none"
        )
        let texts = ["gone", "stafff"].map {
            "there is no group '\($0)': where it counts, nobody is exempt by a group"
        }
        #expect(try machine.examine().findings("warning", "configuration").map(\.text) == texts)

        let directory = try Directory()
        try directory.fallSilent(.group, .unavailable)
        let report = try machine.examine(before: "export \(directory.variable)")
        #expect(report.findings("warning", "configuration").isEmpty)
        let unseen = try #require(report.findings("unseen", "configuration").last)
        #expect(
            unseen.text.hasPrefix("whether there is a group 'stafff': getgrnam_r: "),
            "\(unseen)"
        )
    }

    @Test func `a key below version control is a warning, and in it a problem`() throws {
        let machine = try ExaminedMachine()
        let git = ["git", "-C", machine.site.folder]
        _ = try Command.run(git + ["init", "-q"])
        #expect(try machine.examine().findings("warning", "key").count == 1)
        _ = try Command.run(git + ["add", "totp.key"])
        let report = try machine.examine()
        #expect(report.status == 1)
        #expect(report.findings("problem", "key").count == 1)
        _ = try Command.run(git + ["rm", "-q", "--cached", "totp.key"])
        try machine.write(".gitignore", "/totp.key\n")
        #expect(try !machine.examine().findings.contains { $0.subject == "key" })
    }

    @Test(arguments: [
        (".git", "echo /totp.key >>FOLDER/.gitignore"),
        (".hg", "echo glob:totp.key >>FOLDER/.hgignore"),
        (".bzr", "echo ./totp.key >>FOLDER/.bzrignore"), ("_darcs", nil),
    ])
    func `each version control has its own file for what it is not to take in`(
        kind: String,
        command: String?
    ) throws {
        let machine = try ExaminedMachine()
        let folder = machine.site.folder
        _ = try Command.output(of: "mkdir", "\(folder)/\(kind)")
        let warning = try #require(try machine.examine().findings("warning", "key").first)
        #expect(warning.remedy == command?.replacing("FOLDER", with: folder))
        guard let remedy = warning.remedy else { return }
        _ = try Command.output(of: "sh", "-c", remedy)
        #expect(try !machine.examine().findings.contains { $0.subject == "key" })
    }

    @Test func `units that keep sshd or polkit from the store are a problem, unless they let it`()
        throws
    {
        let machine = try ExaminedMachine()
        let folder = "\(machine.site.folder)/units"
        for unit in ["ssh.service", "polkit-agent-helper@.service"] {
            _ = try Command.output(of: "mkdir", "-p", "\(folder)/\(unit).d")
            try machine.write("units/\(unit)", "[Service]\nProtectSystem=strict\n")
        }
        machine.place(folder, at: "/etc/systemd/system")
        let report = try machine.examine()
        #expect(report.status == 1)
        let reason =
            ": systemd keeps it from writing '\(machine.site.folder)/store', so that no code is accepted"
        #expect(
            report.problems == ["ssh.service", "polkit-agent-helper@.service"].map { $0 + reason }
        )
        let remedy = try #require(report.findings("problem", "ssh.service").first?.remedy)
        let lines = remedy.split(separator: " ").suffix(2).joined(separator: "\n")
        for unit in ["ssh.service", "polkit-agent-helper@.service"] {
            try machine.write("units/\(unit).d/totp.conf", lines + "\n")
        }
        #expect(try machine.examine().problems.isEmpty)
    }

    /// systemd.unit(5): files that end in `.conf`, in any of its folders.
    @Test func `drop-ins count where systemd reads them`() throws {
        let machine = try ExaminedMachine()
        let folder = "\(machine.site.folder)/units"
        _ = try Command.output(of: "mkdir", "-p", "\(folder)/ssh.service.d")
        try machine.write("units/ssh.service", "[Service]\nProtectSystem=strict\n")
        let dropIn = try machine.write(
            "units/ssh.service.d/totp.conf.off",
            "[Service]\nReadWritePaths=\(machine.site.folder)/store\n"
        )
        machine.place(folder, at: "/etc/systemd/system")
        #expect(try machine.examine().findings("problem", "ssh.service").count == 1)
        let local = "/usr/local/lib/systemd/system/ssh.service.d"
        let install = "mkdir -p \(local) && cp '\(dropIn)' \(local)/totp.conf"
        let report = try machine.examine(before: "mount -t tmpfs none /usr/local/lib && \(install)")
        #expect(report.problems.isEmpty)
    }

    /// A supervisor may ignore SIGCHLD, and what it starts begins so.
    @Test func `whoever starts it may ignore that children end`() throws {
        let machine = try ExaminedMachine()
        let command = try machine.run(
            ["env", "--ignore-signal=CHLD", "totp-admin", "doctor"] + machine.configuration
        )
        #expect(command.status == 0)
        #expect(
            !command.text.contains("problem") && !command.text.contains("unseen"),
            "\(command.text)"
        )
    }

    @Test func `the clock is told of as the kernel has it`() throws {
        let clock = try #require(
            ExaminedMachine().examine().findings.first { $0.subject == "clock" }
        )
        let isKept = clock.level == "ok" && clock.text.hasPrefix("synchronised, ")
        let isLost = clock.level == "warning" && clock.text.hasPrefix("nobody keeps it right")
        #expect(isKept || isLost, "\(clock)")
    }
}
