/// What somebody who starts su or sudo may do to the process beforehand.
struct Surroundings: Sendable, CustomStringConvertible {
    enum Verdict {
        case asUsual
        /// Or the right code is refused: a program cannot do without everything.
        case asUsualOrDenied
    }

    let description: String
    /// A command that runs another one so.
    let wrapper: [String]
    let verdict: Verdict
    /// Whether what su asks is not shown.
    var isBlind: Bool { wrapper.contains { $0.contains(" 2>") } }

    private init(_ wrapper: [String], _ verdict: Verdict, _ description: String? = nil) {
        self.description = description ?? wrapper.joined(separator: " ")
        self.wrapper = wrapper
        self.verdict = verdict
    }

    static let all = environments + limits + descriptors + signals + folders

    private static let environments = [
        ["LD_PRELOAD=\(Trap.folder)/libpam.so.0"],
        ["LD_LIBRARY_PATH=\(Trap.folder)"],
        ["LD_AUDIT=\(Trap.folder)/libpam.so.0", "LD_BIND_NOT=1"],
        ["PATH=\(Trap.folder)"],
        ["TZ=:/dev/zero"],
        ["TZ=:../../../\(Trap.folder)/zone"],
        ["TZ=\(String(repeating: "A", count: 100_000))"],
        ["TZ=<-99>999999999999999999"],
        ["LC_ALL=../../../../\(Trap.folder)", "LOCPATH=\(Trap.folder)"],
        ["LANGUAGE=/dev/zero", "NLSPATH=/dev/zero", "LC_MESSAGES=/dev/zero"],
        ["GCONV_PATH=\(Trap.folder)", "LC_ALL=C.GB18030"],
        ["TMPDIR=/dev/zero", "HOME=/dev/zero", "SHELL=/dev/zero", "TERM=/dev/zero"],
        ["HOME=\(String(repeating: "/h", count: 50_000))"],
        ["HOSTALIASES=/dev/zero", "LOCALDOMAIN=x", "RES_OPTIONS=timeout:30", "NIS_PATH=/dev/zero"],
        ["GLIBC_TUNABLES=glibc.malloc.perturb=255", "MALLOC_PERTURB_=255"],
        ["NETTLE_FAT_OVERRIDE=vendor:amd,cpu_features:none", "NETTLE_FAT_VERBOSE=1"],
        ["--ignore-environment"],
    ].map { settings in
        let description = settings.map { String($0.prefix(40)) }.joined(separator: " ")
        return Surroundings(["/usr/bin/env"] + settings, .asUsual, description)
    }

    private static let limits =
        [
            "--fsize=0", "--nofile=3", "--nofile=4", "--nofile=5", "--nofile=6", "--nofile=7",
            "--as=5000000", "--as=6500000", "--as=8000000", "--data=65536", "--data=300000",
            "--data=500000",
        ].map { Surroundings(["prlimit", $0], .asUsualOrDenied) }
        + [
            "--nproc=1", "--stack=65536", "--cpu=1", "--memlock=0", "--core=0", "--locks=0",
            "--sigpending=0", "--msgqueue=0", "--rss=0", "--rttime=1",
        ].map { Surroundings(["prlimit", $0], .asUsual) }
        // As much as there may be: under sudo that is nothing.
        + [shell("ulimit -c $(ulimit -H -c); exec \"$@\"", .asUsual)]

    private static let descriptors =
        [">&-", "2>&-", ">/dev/full 2>/dev/full"].map { shell("exec \"$@\" \($0)", .asUsual) }
        + ["<&-", "3<>/dev/tty <&- >&- 2>&-", "</dev/null", "</dev/zero"].map {
            shell("exec \"$@\" \($0)", .asUsualOrDenied)
        }

    private static let signals =
        ["PIPE", "ALRM", "CHLD", "TERM", "HUP", "INT", "TSTP", "XFSZ", "TTOU"].flatMap { name in
            [
                Surroundings(["env", "--ignore-signal=\(name)"], .asUsual),
                Surroundings(["env", "--block-signal=\(name)"], .asUsual),
            ]
        }

    private static let folders = [
        shell("umask 0; exec \"$@\"", .asUsual),
        shell("umask 777; exec \"$@\"", .asUsual),
        shell("cd $(mktemp -d /run/tmp/XXXXXX) && rmdir $PWD && exec \"$@\"", .asUsual),
        shell("cd \(Trap.folder) && exec \"$@\"", .asUsual),
        Surroundings(["nice", "--adjustment=19"], .asUsual),
        Surroundings(["setpriv", "--no-new-privs"], .asUsualOrDenied),
        Surroundings(["setpriv", "--pdeathsig=KILL"], .asUsual),
    ]

    private static func shell(_ script: String, _ verdict: Verdict) -> Surroundings {
        Surroundings(["sh", "-c", script, "sh"], verdict, script)
    }
}
